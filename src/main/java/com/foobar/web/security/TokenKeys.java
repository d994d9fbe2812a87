package com.foobar.web.security;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;

import com.foobar.setting.InvalidSettingException;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The keys that all instances share: the first signs and encrypts, every one verifies and
 * decrypts. A key is changed in steps that sign nobody out: the new one is added last,
 * then made the first, and the former one is removed once all that it signed has expired.
 */
@Component
public class TokenKeys {

	private final List<TokenKey> keys;

	TokenKeys(TokenProperties properties, Environment environment) {
		if (properties.key().isBlank() && sharesItsDatabase(environment)) {
			throw refuse("is required because foobar.database.nodes is set: "
					+ "without it no instance would accept another one's tokens");
		}
		this.keys = properties.key().isBlank() ? List.of(TokenKey.of(random())) : parse(properties.key());
	}

	/** The one to sign and encrypt with. */
	public TokenKey first() {
		return this.keys.getFirst();
	}

	/** Those to verify and decrypt with, in the order to try them. */
	public List<TokenKey> all() {
		return this.keys;
	}

	private static List<TokenKey> parse(String setting) {
		List<TokenKey> keys = new ArrayList<>();
		String[] parts = setting.split(",", -1);
		for (String part : parts) {
			String which = (parts.length > 1)
					? "lists %d keys, of which number %d ".formatted(parts.length, keys.size() + 1) : "";
			keys.add(parse(part, which));
		}
		if (new HashSet<>(keys).size() < keys.size()) {
			throw refuse("lists a key twice");
		}
		return List.copyOf(keys);
	}

	private static TokenKey parse(String key, String which) {
		byte[] bytes = decode(key, which);
		if (bytes.length < TokenKey.BYTES) {
			throw refuse(which + "holds %d bytes and needs at least %d".formatted(bytes.length, TokenKey.BYTES));
		}
		return TokenKey.of(bytes);
	}

	private static byte[] decode(String key, String which) {
		try {
			return Base64.getDecoder().decode(key.strip());
		}
		catch (IllegalArgumentException ex) {
			throw refuse(which + "is not base64");
		}
	}

	private static boolean sharesItsDatabase(Environment environment) {
		return Binder.get(environment)
			.bind("foobar.database.nodes", Bindable.listOf(String.class))
			.map((nodes) -> !nodes.isEmpty())
			.orElse(false);
	}

	private static byte[] random() {
		byte[] bytes = new byte[TokenKey.BYTES];
		new SecureRandom().nextBytes(bytes);
		return bytes;
	}

	// The value itself stays out of the message: it is a secret.
	private static InvalidSettingException refuse(String problem) {
		return new InvalidSettingException("foobar.token.key", problem,
				"Make one with openssl rand -base64 %d and give it to every instance. Several are separated by commas."
					.formatted(TokenKey.BYTES));
	}

}
