package com.foobar.web;

import java.security.MessageDigest;
import java.util.Base64;

import javax.crypto.SecretKey;

import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Binds tokens to the password that their owner had when they were issued. What stands in
 * a token is a keyed hash of what is stored of the password: it says nothing about it,
 * and ceases to match once that changes.
 */
@Component
class TokenSeal {

	private final SecretKey key;

	TokenSeal(TokenKey key) {
		this.key = key.derive("passwords");
	}

	/**
	 * What a token is given.
	 * @param password hashed
	 */
	String of(String password) {
		return Base64.getUrlEncoder().withoutPadding().encodeToString(TokenKey.hash(password, this.key));
	}

	/**
	 * Whether that is what a token of today would be given.
	 * @param seal null in a token of an age when there were none, which ends too
	 */
	boolean holds(@Nullable String seal, String password) {
		return seal != null && MessageDigest.isEqual(seal.getBytes(UTF_8), of(password).getBytes(UTF_8));
	}

}
