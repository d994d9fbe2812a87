package com.foobar.web.security;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;

import com.foobar.database.DatabaseProperties;
import com.foobar.setting.InvalidSettingException;
import org.springframework.stereotype.Component;

/**
 * Holds the keys of {@code foobar.token.key}, which all instances share. The first key
 * signs and encrypts; all keys verify and decrypt. An operator changes a key in steps,
 * which sign nobody out: add the new key at the end, then move it to the front, then
 * remove the old key after everything that it signed has expired. Safe for use by several
 * threads.
 */
@Component
public class TokenKeys {

	private final List<TokenKey> keys;

	TokenKeys(TokenProperties properties, DatabaseProperties database) {
		if (properties.key().isBlank() && !database.nodes().isEmpty()) {
			throw invalid("is required because foobar.database.nodes is set: "
					+ "without it no instance would accept another one's tokens");
		}
		this.keys = properties.key().isBlank() ? List.of(TokenKey.of(random())) : parse(properties.key());
	}

	/** Returns the key that signs and encrypts. */
	public TokenKey first() {
		return this.keys.getFirst();
	}

	/** Returns the keys that verify and decrypt, in the order to try them. */
	public List<TokenKey> all() {
		return this.keys;
	}

	private static List<TokenKey> parse(String setting) {
		List<TokenKey> keys = new ArrayList<>();
		String[] parts = setting.split(",", -1);
		for (String part : parts) {
			String prefix = (parts.length > 1)
					? "lists %d keys, of which number %d ".formatted(parts.length, keys.size() + 1) : "";
			keys.add(parse(part, prefix));
		}
		if (new HashSet<>(keys).size() < keys.size()) {
			throw invalid("lists a key twice");
		}
		return List.copyOf(keys);
	}

	private static TokenKey parse(String key, String prefix) {
		byte[] bytes = decode(key, prefix);
		if (bytes.length < TokenKey.BYTES) {
			throw invalid(prefix + "holds %d bytes and needs at least %d".formatted(bytes.length, TokenKey.BYTES));
		}
		return TokenKey.of(bytes);
	}

	private static byte[] decode(String key, String prefix) {
		try {
			return Base64.getDecoder().decode(key.strip());
		}
		catch (IllegalArgumentException ex) {
			throw invalid(prefix + "is not base64");
		}
	}

	private static byte[] random() {
		byte[] bytes = new byte[TokenKey.BYTES];
		new SecureRandom().nextBytes(bytes);
		return bytes;
	}

	// The message does not contain the value, which is a secret.
	private static InvalidSettingException invalid(String problem) {
		return new InvalidSettingException("foobar.token.key", problem,
				"Make one with openssl rand -base64 %d and give it to every instance. Several are separated by commas."
					.formatted(TokenKey.BYTES));
	}

}
