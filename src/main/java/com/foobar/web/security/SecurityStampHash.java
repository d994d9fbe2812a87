package com.foobar.web.security;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

import javax.crypto.SecretKey;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Computes the HMAC-SHA256 of a user's {@link UserCredentials#securityStamp() security
 * stamp}. A sign-in token carries the hash, and is refused once the user's stamp changes.
 * The hash does not reveal the stamp. Safe for use by several threads.
 */
@Component
class SecurityStampHash {

	private final List<SecretKey> keys;

	SecurityStampHash(TokenKeys keys) {
		this.keys = keys.all().stream().map((key) -> key.derive("passwords")).toList();
	}

	/** Returns the hash of a stamp for a new token, in base64. */
	String of(String stamp) {
		return of(stamp, this.keys.getFirst());
	}

	/**
	 * Whether a token's hash is the hash of a stamp, with any of the keys.
	 * @param hash null in a token without one, which never matches
	 */
	boolean matches(@Nullable String hash, String stamp) {
		return hash != null && this.keys.stream()
			.anyMatch((key) -> MessageDigest.isEqual(hash.getBytes(UTF_8), of(stamp, key).getBytes(UTF_8)));
	}

	private static String of(String stamp, SecretKey key) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(TokenKey.hash(stamp, key));
	}

}
