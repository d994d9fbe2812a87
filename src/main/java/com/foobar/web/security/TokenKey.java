package com.foobar.web.security;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret of the site. Every purpose derives a key of its own from the secret, so that a
 * token made for one purpose is not valid for another.
 *
 * @param secret the configured secret. Earlier versions signed sign-in tokens with it.
 */
public record TokenKey(SecretKey secret) {

	static final int BYTES = 32;

	private static final String ALGORITHM = "HmacSHA256";

	private static final int ID_BYTES = 4;

	/**
	 * Creates a key.
	 * @param secret at least {@value #BYTES} bytes
	 */
	static TokenKey of(byte[] secret) {
		return new TokenKey(new SecretKeySpec(secret, ALGORITHM));
	}

	/** Returns the key id in the header of tokens. It does not reveal the secret. */
	String id() {
		return HexFormat.of().formatHex(hash("id", this.secret), 0, ID_BYTES);
	}

	/** Returns the key for a purpose, which reveals neither the secret nor other keys. */
	public SecretKey derive(String purpose) {
		return new SecretKeySpec(hash(purpose, this.secret), ALGORITHM);
	}

	/** Returns the HMAC-SHA256 of the text. */
	static byte[] hash(String text, SecretKey key) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(key);
			return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException("Every Java has " + ALGORITHM, ex);
		}
	}

	@Override
	public String toString() {
		return "TokenKey[id=%s]".formatted(id());
	}

}
