package com.foobar.web.security;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;

import org.springframework.security.oauth2.jwt.Jwt;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The token that a request was made with, once it was accepted. A handler is given it by
 * {@code @CurrentSecurityContext(expression = "authentication.credentials")}.
 *
 * @param signedInAt when the sign-in began that the token continues
 * @param recent whether that was so short a time ago that its owner need not give their
 * password again
 * @param securityStamp its owner's, as of this request
 * @param superseded whether the token has changed the password and been replaced by the
 * one in the answer. A copy of it may be a thief's, so it is not renewed. Until it ends,
 * 15 minutes after its sign-in, it is accepted like any other token of a recent sign-in:
 * whoever holds a copy can change the password or the email once more and is then given a
 * successor. A change made with the successor ends it at once, as does signing out of all
 * devices.
 */
public record PresentedToken(Jwt jwt, String securityStamp, Instant signedInAt, boolean recent, boolean superseded) {

	long visitorId() {
		return Long.parseLong(this.jwt.getSubject());
	}

	/**
	 * SHA-256 of the token and a security stamp. Identifies the token after a password
	 * change.
	 */
	public String fingerprint(String stamp) {
		return fingerprint(this.jwt, stamp);
	}

	static String fingerprint(Jwt jwt, String stamp) {
		try {
			byte[] text = "%s %s".formatted(jwt.getTokenValue(), stamp).getBytes(UTF_8);
			return Base64.getUrlEncoder()
				.withoutPadding()
				.encodeToString(MessageDigest.getInstance("SHA-256").digest(text));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java has SHA-256", ex);
		}
	}

	@Override
	public String toString() {
		return "PresentedToken[signedInAt=%s, recent=%s, superseded=%s]".formatted(this.signedInAt, this.recent,
				this.superseded);
	}

}
