package com.foobar.user;

import com.foobar.web.security.PresentedToken;
import com.foobar.web.security.SignInTokens;
import org.jspecify.annotations.Nullable;

/**
 * Changes to an account whose password hashing, which is slow, is done. Immutable.
 *
 * @param hash the hash of the new password; null if the password stays
 * @param token the token of the request
 * @param verifiedHash the stored hash that the current password matched; null if the
 * request has no current password or needs none
 */
record PreparedUserUpdate(UserUpdate changes, @Nullable String hash, PresentedToken token,
		@Nullable String verifiedHash) {

	PreparedUserUpdate withHash(String hash) {
		return new PreparedUserUpdate(this.changes, hash, this.token, this.verifiedHash);
	}

	/**
	 * Checks that the user may make the change. A new password or email requires a recent
	 * sign-in or the current password.
	 * @param before the user as stored now; the password may have changed since the
	 * comparison
	 * @throws CurrentPasswordException if the current password is missing or wrong
	 */
	void checkAccess(User before) {
		if (!this.changes.changesCredentials(before)) {
			return;
		}
		if (this.verifiedHash != null && !this.verifiedHash.equals(before.password())) {
			throw CurrentPasswordException.wrong(before);
		}
		if (this.verifiedHash == null && !this.token.recent()) {
			throw CurrentPasswordException.missing(before);
		}
	}

	/** Returns the user with the changes applied. */
	User applyTo(User before) {
		return this.changes.applyTo(before, this.hash);
	}

	boolean changesPassword() {
		return this.hash != null;
	}

	/**
	 * Returns the token for the following requests.
	 * @param user the user after the change
	 */
	String nextToken(User user, SignInTokens tokens) {
		return (changesPassword() || this.verifiedHash != null)
				? tokens.replace(this.token, user.securityStamp(), this.verifiedHash != null)
				: tokens.renew(this.token);
	}

	@Override
	public String toString() {
		return "PreparedUserUpdate[changes=%s, token=%s]".formatted(this.changes, this.token);
	}

}
