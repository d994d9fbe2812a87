package com.foobar.web.security;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;

import javax.crypto.SecretKey;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Binds tokens to their owner's {@link UserCredentials#securityStamp() security stamp} at
 * the time they were issued. A token carries a keyed hash of the stamp: it says nothing
 * about the stamp, and ceases to match once the stamp changes.
 */
@Component
class SecurityStampHash {

	private final List<SecretKey> keys;

	SecurityStampHash(TokenKeys keys) {
		this.keys = keys.all().stream().map((key) -> key.derive("passwords")).toList();
	}

	/** What a token is given that is issued under this stamp. */
	String of(String stamp) {
		return of(stamp, this.keys.getFirst());
	}

	/**
	 * Whether a token has been given this seal under this stamp, with any of the keys.
	 * @param seal null in a token that has none, which is as good as a wrong one
	 */
	boolean holds(@Nullable String seal, String stamp) {
		return seal != null && this.keys.stream()
			.anyMatch((key) -> MessageDigest.isEqual(seal.getBytes(UTF_8), of(stamp, key).getBytes(UTF_8)));
	}

	private static String of(String stamp, SecretKey key) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(TokenKey.hash(stamp, key));
	}

}
