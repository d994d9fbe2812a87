package com.foobar.web;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

import com.nimbusds.jose.jwk.source.ImmutableSecret;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.stereotype.Component;

/**
 * Issues the tokens that visitors sign in with: a visitor's id, an end and a
 * {@link TokenSeal}, signed. All of a visitor's tokens end when their password changes;
 * whoever changes it is to be given a new one.
 */
@Component
public class Tokens {

	private static final String SEAL = "seal";

	// Once a token has used up a tenth of its life: not with every page, and whoever
	// comes again within nine tenths stays signed in.
	private static final int RENEWALS = 10;

	private static final JwsHeader HEADER = JwsHeader.with(MacAlgorithm.HS256).build();

	private final JwtEncoder encoder;

	private final TokenSeal seal;

	private final Duration lifetime;

	Tokens(TokenKey key, TokenSeal seal, TokenProperties properties) {
		this.encoder = new NimbusJwtEncoder(new ImmutableSecret<>(key.secret()));
		this.seal = seal;
		this.lifetime = properties.lifetime();
	}

	/**
	 * A new token.
	 * @param password hashed, as it is stored now
	 */
	public String issue(long visitorId, String password) {
		return sign(JwtClaimsSet.builder().subject(Long.toString(visitorId)).claim(SEAL, this.seal.of(password)));
	}

	/**
	 * A new token in place of one that is good but no longer young, so that who comes
	 * again stays signed in.
	 */
	Optional<String> renew(Jwt token) {
		Instant issued = Objects.requireNonNull(token.getIssuedAt());
		boolean young = issued.plus(this.lifetime.dividedBy(RENEWALS)).isAfter(Instant.now());
		return young ? Optional.empty()
				: Optional.of(sign(JwtClaimsSet.builder().claims((same) -> same.putAll(token.getClaims()))));
	}

	private String sign(JwtClaimsSet.Builder claims) {
		Instant now = Instant.now();
		JwtClaimsSet dated = claims.issuedAt(now).expiresAt(now.plus(this.lifetime)).build();
		return this.encoder.encode(JwtEncoderParameters.from(HEADER, dated)).getTokenValue();
	}

	/** Whether the password is still the one that a token was issued under. */
	boolean isSealed(Jwt token, String password) {
		return this.seal.holds(token.getClaimAsString(SEAL), password);
	}

	Duration lifetime() {
		return this.lifetime;
	}

}
