package com.foobar.user;

import org.jspecify.annotations.Nullable;

/**
 * A registered visitor, as they see themselves.
 *
 * @param password hashed
 */
record User(long id, String email, String username, String password, @Nullable String bio, @Nullable String image) {

	User withPassword(String hash) {
		return new User(this.id, this.email, this.username, hash, this.bio, this.image);
	}

	@Override
	public String toString() {
		return "User[id=%d, username=%s]".formatted(this.id, this.username);
	}

}
