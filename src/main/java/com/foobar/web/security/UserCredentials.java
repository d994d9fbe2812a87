package com.foobar.web.security;

import org.jspecify.annotations.Nullable;

/**
 * A registered user, with the data that validates the user's tokens.
 *
 * @param securityStamp changes with the password, and when the user signs out of all
 * devices. The change ends all earlier tokens.
 * @param keptToken {@link PresentedToken#fingerprint fingerprint} of the token that
 * changed the password, or null
 */
public record UserCredentials(AuthenticatedUser user, String securityStamp, @Nullable String keptToken) {

	@Override
	public String toString() {
		return "UserCredentials[user=%s]".formatted(this.user);
	}

}
