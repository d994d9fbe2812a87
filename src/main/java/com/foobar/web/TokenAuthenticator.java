package com.foobar.web;

import java.util.List;

import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.stereotype.Component;

/**
 * Turns a token into the {@link Visitor} it was issued to, if it is ours, still valid,
 * and the visitor still there.
 */
@Component
class TokenAuthenticator implements AuthenticationManager {

	private final JwtAuthenticationProvider provider;

	private final Visitors visitors;

	TokenAuthenticator(TokenKey key, Visitors visitors) {
		this.visitors = visitors;
		this.provider = new JwtAuthenticationProvider(
				NimbusJwtDecoder.withSecretKey(key.secret()).macAlgorithm(MacAlgorithm.HS256).build());
		this.provider.setJwtAuthenticationConverter(this::visitor);
	}

	@Override
	public Authentication authenticate(Authentication token) {
		return this.provider.authenticate(token);
	}

	private AbstractAuthenticationToken visitor(Jwt token) {
		Visitor visitor = this.visitors.find(Long.parseLong(token.getSubject()))
			.orElseThrow(() -> new InvalidBearerTokenException("Unknown visitor [%s]".formatted(token.getSubject())));
		return UsernamePasswordAuthenticationToken.authenticated(visitor, null, List.of());
	}

}
