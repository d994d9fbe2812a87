package com.foobar.web.security;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Base64;

import org.springframework.security.oauth2.jwt.Jwt;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * The verified sign-in token of a request. A handler gets it with
 * {@code @CurrentSecurityContext(expression = "authentication.credentials")}.
 *
 * @param securityStamp the user's security stamp, read for this request
 * @param signedInAt when the sign-in began; a renewed token keeps this time
 * @param recent whether that was less than {@link SignInTokens#RECENT} ago, so that the
 * user need not give the password again
 * @param superseded whether the user has changed the password with this token, and has
 * got a new token in the response. The old token is not renewed, because a thief may have
 * a copy of it. It stays valid until 15 minutes after its sign-in, so the thief could
 * change the password or the email once more. It ends at once when the user makes such a
 * change with the new token, or signs out of all devices.
 */
public record PresentedToken(Jwt jwt, String securityStamp, Instant signedInAt, boolean recent, boolean superseded) {

	long userId() {
		return Long.parseLong(this.jwt.getSubject());
	}

	/**
	 * Returns the SHA-256 of the token and a security stamp, in base64. Identifies the
	 * token after a password change.
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
