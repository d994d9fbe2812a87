package com.foobar.web;

import java.time.Duration;
import java.time.Instant;

import com.nimbusds.jose.jwk.source.ImmutableSecret;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.stereotype.Component;

/** Issues the tokens that visitors sign in with: a visitor's id and an end, signed. */
@Component
public class Tokens {

	private static final JwsHeader HEADER = JwsHeader.with(MacAlgorithm.HS256).build();

	private final JwtEncoder encoder;

	private final Duration lifetime;

	Tokens(TokenKey key, TokenProperties properties) {
		this.encoder = new NimbusJwtEncoder(new ImmutableSecret<>(key.secret()));
		this.lifetime = properties.lifetime();
	}

	public String issue(long visitorId) {
		Instant now = Instant.now();
		JwtClaimsSet claims = JwtClaimsSet.builder()
			.subject(Long.toString(visitorId))
			.issuedAt(now)
			.expiresAt(now.plus(this.lifetime))
			.build();
		return this.encoder.encode(JwtEncoderParameters.from(HEADER, claims)).getTokenValue();
	}

	Duration lifetime() {
		return this.lifetime;
	}

}
