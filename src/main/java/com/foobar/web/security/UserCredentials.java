package com.foobar.web.security;

import org.jspecify.annotations.Nullable;

/**
 * Somebody who has registered, and what decides which of their tokens are good.
 *
 * @param securityStamp changes when all tokens end that were issued before: with the
 * password, and when somebody signs out of all devices
 * @param keptToken {@link PresentedToken#fingerprint fingerprint} of the token that
 * changed the password, if one did
 */
public record UserCredentials(AuthenticatedUser visitor, String securityStamp, @Nullable String keptToken) {

	@Override
	public String toString() {
		return "Member[visitor=%s]".formatted(this.visitor);
	}

}
