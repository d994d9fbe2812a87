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
 * the visitor still there, and their password the same as then.
 *
 * <p>
 * The visitor is looked up like anything else a request reads. Who changes a password
 * brings the position of that change with the next request, or none, which shows
 * everything acknowledged: in neither case is their new token refused. A token that has
 * ended may, together with a position from before, still read what a replica serves which
 * lacks the change: as long as replicas may be behind
 * ({@code foobar.database.read.tolerated-lag}). It changes nothing: who does is looked up
 * with all that is acknowledged.
 */
@Component
class TokenAuthenticator implements AuthenticationManager {

	private final JwtAuthenticationProvider provider;

	private final Tokens tokens;

	private final Visitors visitors;

	TokenAuthenticator(TokenKey key, Tokens tokens, Visitors visitors) {
		this.tokens = tokens;
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
			.filter((member) -> this.tokens.isSealed(token, member.password()))
			.map(Member::visitor)
			.orElseThrow(() -> new InvalidBearerTokenException(
					"Nobody is [%s] any more, or with another password".formatted(token.getSubject())));
		return UsernamePasswordAuthenticationToken.authenticated(visitor, token, List.of());
	}

}
