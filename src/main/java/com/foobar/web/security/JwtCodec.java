package com.foobar.web.security;

import java.util.List;
import java.util.stream.Stream;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/**
 * Signs the tokens of one purpose with a key derived from the first of the
 * {@link TokenKeys}, and verifies a token with the key that its header names. Signatures
 * are HMAC-SHA256. Safe for use by several threads.
 */
public final class JwtCodec {

	private final JwsHeader header;

	private final NimbusJwtEncoder encoder;

	private final NimbusJwtDecoder decoder;

	private JwtCodec(JwsHeader header, List<JWK> keys, OAuth2TokenValidator<Jwt> validator) {
		ImmutableJWKSet<SecurityContext> source = new ImmutableJWKSet<>(new JWKSet(keys));
		this.header = header;
		this.encoder = new NimbusJwtEncoder(source);
		// A header without a key id matches all keys; the first one signs.
		this.encoder.setJwkSelector(List::getFirst);
		this.decoder = NimbusJwtDecoder.withJwkSource(source)
			.jwtProcessorCustomizer((processor) -> processor
				.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.HS256, source)))
			.build();
		this.decoder.setJwtValidator(validator);
	}

	/** Creates a codec that uses only the derived keys. */
	public static JwtCodec of(TokenKeys keys, String purpose, OAuth2TokenValidator<Jwt> validator) {
		return new JwtCodec(headerWithKeyId(keys), derived(keys, purpose).toList(), validator);
	}

	/**
	 * Creates a codec that also accepts tokens without a key id, which were signed with a
	 * configured key itself.
	 * @param signsUnderived whether new tokens are signed in that way too
	 */
	static JwtCodec withUnderivedKeys(TokenKeys keys, String purpose, OAuth2TokenValidator<Jwt> validator,
			boolean signsUnderived) {
		Stream<JWK> underived = keys.all().stream().map((key) -> new OctetSequenceKey.Builder(key.secret()).build());
		return new JwtCodec(signsUnderived ? JwsHeader.with(MacAlgorithm.HS256).build() : headerWithKeyId(keys),
				Stream.concat(underived, derived(keys, purpose)).toList(), validator);
	}

	private static JwsHeader headerWithKeyId(TokenKeys keys) {
		return JwsHeader.with(MacAlgorithm.HS256).keyId(keys.first().id()).build();
	}

	private static Stream<JWK> derived(TokenKeys keys, String purpose) {
		return keys.all()
			.stream()
			.map((key) -> new OctetSequenceKey.Builder(key.derive(purpose)).keyID(key.id()).build());
	}

	/** Returns a signed token with the claims. */
	public String encode(JwtClaimsSet claims) {
		return this.encoder.encode(JwtEncoderParameters.from(this.header, claims)).getTokenValue();
	}

	/** Returns the decoder, which throws a {@code JwtException} for an invalid token. */
	public JwtDecoder decoder() {
		return this.decoder;
	}

}
