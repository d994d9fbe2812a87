package com.foobar.web.idempotency;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import javax.crypto.spec.SecretKeySpec;

import com.foobar.web.security.TokenKey;
import com.foobar.web.security.TokenKeys;
import org.springframework.security.crypto.encrypt.AesBytesEncryptor.CipherAlgorithm;
import org.springframework.security.crypto.encrypt.AesBytesEncryptor;
import org.springframework.security.crypto.encrypt.BytesEncryptor;
import org.springframework.security.crypto.keygen.KeyGenerators;

/**
 * Encrypts stored responses with the first of the {@link TokenKeys}, and decrypts them
 * with any of the keys. AES-GCM, with keys derived for this purpose. Safe for use by
 * several threads.
 */
public final class StoredResponseEncryption {

	private final List<BytesEncryptor> encryptors;

	public StoredResponseEncryption(TokenKeys keys) {
		this.encryptors = keys.all().stream().map(StoredResponseEncryption::encryptor).toList();
	}

	private static BytesEncryptor encryptor(TokenKey key) {
		return new AesBytesEncryptor(new SecretKeySpec(key.derive("answers").getEncoded(), "AES"),
				KeyGenerators.secureRandom(16), CipherAlgorithm.GCM);
	}

	/** Encrypts with the first key. The result differs at each call. */
	public byte[] encrypt(byte[] text) {
		return this.encryptors.getFirst().encrypt(text);
	}

	/** Decrypts a text; empty if it was encrypted with none of the keys. */
	public Optional<byte[]> decrypt(byte[] encrypted) {
		return this.encryptors.stream().flatMap((encryptor) -> decrypt(encryptor, encrypted)).findFirst();
	}

	// AES-GCM authenticates, so decryption with another key fails.
	private static Stream<byte[]> decrypt(BytesEncryptor encryptor, byte[] encrypted) {
		try {
			return Stream.of(encryptor.decrypt(encrypted));
		}
		catch (IllegalStateException ex) {
			return Stream.empty();
		}
	}

}
