package com.foobar.web.security;

import java.util.List;
import java.util.Optional;

import com.foobar.database.ConsistencyContext;
import com.foobar.web.consistency.SignInRecheck;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.stereotype.Component;

/**
 * Turns a token into the {@link AuthenticatedUser} it was issued to, if it is ours and
 * good.
 *
 * <p>
 * The visitor is looked up like anything else a request reads. Whoever changes a password
 * brings the position of that change with the next request, or none, which shows
 * everything acknowledged: in neither case is their new token refused. Without a primary
 * a replica may lack the change; a token that does not fit is then no reason to sign
 * anybody out, and the request fails as it does without a database. A token that has
 * ended may, together with a position from before, still read what a replica serves which
 * lacks the change: as long as replicas may be behind
 * ({@code foobar.database.read.tolerated-lag}). It changes nothing: see
 * {@link SignInRecheck}.
 */
@Component
public class TokenAuthenticator implements AuthenticationManager {

	private final JwtAuthenticationProvider provider;

	private final SignInTokens tokens;

	private final UserCredentialsLookup visitors;

	TokenAuthenticator(SignInTokens tokens, UserCredentialsLookup visitors) {
		this.tokens = tokens;
		this.visitors = visitors;
		this.provider = new JwtAuthenticationProvider(tokens.decoder());
		this.provider.setJwtAuthenticationConverter(this::visitor);
	}

	@Override
	public Authentication authenticate(Authentication token) {
		return this.provider.authenticate(token);
	}

	private AbstractAuthenticationToken visitor(Jwt jwt) {
		UserCredentials member = this.visitors.find(Long.parseLong(jwt.getSubject())).orElseThrow(() -> unknown(jwt));
		PresentedToken token = this.tokens.accept(jwt, member).orElseThrow(() -> unknown(jwt));
		return UsernamePasswordAuthenticationToken.authenticated(member.visitor(), token, List.of());
	}

	/**
	 * Checks an accepted token against all that is acknowledged, for which it waits while
	 * there is no primary.
	 * @throws InvalidBearerTokenException if the token has ended
	 */
	public void recheck(PresentedToken token) {
		Optional<UserCredentials> member = this.visitors.findAcknowledged(token.visitorId());
		if (member.flatMap((known) -> this.tokens.accept(token.jwt(), known)).isEmpty()) {
			throw ended(token.jwt());
		}
	}

	// Whether it has ended, or began with a change that this replica lacks, only a
	// primary
	// knows.
	private static RuntimeException unknown(Jwt jwt) {
		return ConsistencyContext.current().isDegraded()
				? new TransientDataAccessResourceException(
						"No primary tells whether the token of [%s] has ended".formatted(jwt.getSubject()))
				: ended(jwt);
	}

	private static InvalidBearerTokenException ended(Jwt jwt) {
		return new InvalidBearerTokenException("The token of [%s] has ended".formatted(jwt.getSubject()));
	}

}
