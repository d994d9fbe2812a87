package com.foobar.user;

import org.jspecify.annotations.Nullable;

/**
 * A registered user with all account data. Immutable.
 *
 * @param password the password's hash
 * @param tokenGeneration the number of times the user signed out of all devices
 * @param keptToken the fingerprint of the token that changed the password and stays
 * valid, or null
 */
record User(long id, String email, String username, String password, @Nullable String bio, @Nullable String image,
		int tokenGeneration, @Nullable String keptToken) {

	User withPassword(String hash) {
		return new User(this.id, this.email, this.username, hash, this.bio, this.image, this.tokenGeneration,
				this.keptToken);
	}

	User withKeptToken(@Nullable String token) {
		return new User(this.id, this.email, this.username, this.password, this.bio, this.image, this.tokenGeneration,
				token);
	}

	/** Returns the text that all tokens of the user depend on: a change revokes them. */
	String securityStamp() {
		// Tokens from before the column token_generation existed must stay valid.
		return (this.tokenGeneration == 0) ? this.password : this.tokenGeneration + ":" + this.password;
	}

	@Override
	public String toString() {
		return "User[id=%d, username=%s]".formatted(this.id, this.username);
	}

}
