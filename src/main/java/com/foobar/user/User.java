package com.foobar.user;

import org.jspecify.annotations.Nullable;

/**
 * A registered visitor, as they see themselves.
 *
 * @param password hashed
 */
record User(long id, String email, String username, String password, @Nullable String bio, @Nullable String image) {

	@Override
	public String toString() {
		return "User[id=%d, username=%s]".formatted(this.id, this.username);
	}

}
