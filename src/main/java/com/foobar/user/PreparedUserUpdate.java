package com.foobar.user;

import com.foobar.web.security.PresentedToken;
import com.foobar.web.security.SignInTokens;
import org.jspecify.annotations.Nullable;

/**
 * What somebody changes about themselves, with all that takes its time done.
 *
 * @param hash of the new password; null if the password stays
 * @param token that the change is made with
 * @param proven the stored hash that the current password belongs to; null if none was
 * given
 */
record PreparedUserUpdate(UserUpdate changes, @Nullable String hash, PresentedToken token, @Nullable String proven) {

	PreparedUserUpdate withHash(String hash) {
		return new PreparedUserUpdate(this.changes, hash, this.token, this.proven);
	}

	/**
	 * Checks that whoever makes the change may: to change how they sign in, they must
	 * have done so recently or give their current password.
	 * @param before as they are stored now: the password may have changed since it was
	 * compared
	 * @throws CurrentPasswordException if they must give it, or have given another one
	 */
	void authenticate(User before) {
		if (!this.changes.concernsSignIn(before)) {
			return;
		}
		if (this.proven != null && !this.proven.equals(before.password())) {
			throw CurrentPasswordException.wrong(before);
		}
		if (this.proven == null && !this.token.recent()) {
			throw CurrentPasswordException.missing(before);
		}
	}

	/** What it makes of somebody. */
	User applyTo(User before) {
		return this.changes.applyTo(before, this.hash);
	}

	boolean changesPassword() {
		return this.hash != null;
	}

	/**
	 * The token to go on with.
	 * @param user as the change has left them
	 */
	String successor(User user, SignInTokens tokens) {
		return (changesPassword() || this.proven != null)
				? tokens.succeed(this.token, user.securityStamp(), this.proven != null) : tokens.renew(this.token);
	}

	@Override
	public String toString() {
		return "PreparedUserUpdate[changes=%s, token=%s]".formatted(this.changes, this.token);
	}

}
