package com.foobar.web;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import com.foobar.setting.SettingException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** The key that all instances sign their tokens with. */
@Component
class TokenKey {

	private static final int BYTES = 32;

	private static final String ALGORITHM = "HmacSHA256";

	private final SecretKey key;

	TokenKey(TokenProperties properties, Environment environment) {
		if (properties.key().isBlank() && sharesItsDatabase(environment)) {
			throw refuse("is required because foobar.database.nodes is set: "
					+ "without it no instance would accept another one's tokens");
		}
		byte[] bytes = properties.key().isBlank() ? random() : decode(properties.key());
		if (bytes.length < BYTES) {
			throw refuse("holds %d bytes and needs at least %d".formatted(bytes.length, BYTES));
		}
		this.key = new SecretKeySpec(bytes, ALGORITHM);
	}

	SecretKey secret() {
		return this.key;
	}

	/**
	 * A key for another purpose: what is signed with one is worth nothing to the other.
	 */
	SecretKey derive(String purpose) {
		return new SecretKeySpec(hash(purpose, this.key), ALGORITHM);
	}

	/** What nobody can tell of a text who does not have the key. */
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

	private static boolean sharesItsDatabase(Environment environment) {
		return Binder.get(environment)
			.bind("foobar.database.nodes", Bindable.listOf(String.class))
			.map((nodes) -> !nodes.isEmpty())
			.orElse(false);
	}

	private static byte[] random() {
		byte[] bytes = new byte[BYTES];
		new SecureRandom().nextBytes(bytes);
		return bytes;
	}

	private static byte[] decode(String key) {
		try {
			return Base64.getDecoder().decode(key.strip());
		}
		catch (IllegalArgumentException ex) {
			throw refuse("is not base64");
		}
	}

	// The value itself stays out of the message: it is a secret.
	private static SettingException refuse(String problem) {
		return new SettingException("foobar.token.key", problem,
				"Make one with openssl rand -base64 %d and give it to every instance.".formatted(BYTES));
	}

}
