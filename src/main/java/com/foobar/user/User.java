package com.foobar.user;

import org.jspecify.annotations.Nullable;

/**
 * A registered visitor, as they see themselves.
 *
 * @param password hashed
 * @param tokenGeneration how often they have signed out of all devices
 * @param keptToken by what the token is recognised that changed the password, or null
 */
record User(long id, String email, String username, String password, @Nullable String bio, @Nullable String image,
		int tokenGeneration, @Nullable String keptToken) {

	User withPassword(String hash) {
		return new User(this.id, this.email, this.username, hash, this.bio, this.image, this.tokenGeneration,
				this.keptToken);
	}

	User keeping(@Nullable String token) {
		return new User(this.id, this.email, this.username, this.password, this.bio, this.image, this.tokenGeneration,
				token);
	}

	/** What all their tokens hang on. */
	String securityStamp() {
		// As versions knew it that knew no generations.
		return (this.tokenGeneration == 0) ? this.password : this.tokenGeneration + ":" + this.password;
	}

	@Override
	public String toString() {
		return "User[id=%d, username=%s]".formatted(this.id, this.username);
	}

}
