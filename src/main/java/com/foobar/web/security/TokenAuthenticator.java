package com.foobar.web.security;

import java.util.List;
import java.util.Optional;

import com.foobar.database.ConsistencyContext;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtValidationException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.stereotype.Component;

/**
 * Authenticates the {@link AuthenticatedUser} that a sign-in token was issued to. Safe
 * for use by several threads.
 *
 * <p>
 * The look-up of the user is routed like every other read of the request. After a
 * password change, the user's next request carries the position of the change, or no
 * position and then reads everything acknowledged. In both cases the new token is
 * accepted. Without a primary, the look-up may read a replica that lacks the change. A
 * token that does not match then signs nobody out; the request fails as it does without a
 * database.
 *
 * <p>
 * A token that has ended may still read, with a position from before the change, from a
 * replica that lacks the change, for at most {@code foobar.database.read.max-lag}. It
 * cannot write: see {@code SignInRecheck}.
 *
 * <p>
 * The counter {@code security.tokens.rejected} counts rejected tokens by their reason:
 * {@code expired} if this site has signed the token, and {@code forged} if not.
 */
@Component
public class TokenAuthenticator implements AuthenticationManager {

	private final JwtAuthenticationProvider provider;

	private final SignInTokens tokens;

	private final UserCredentialsLookup users;

	private final Counter forged;

	private final Counter expired;

	TokenAuthenticator(SignInTokens tokens, UserCredentialsLookup users, MeterRegistry meters) {
		this.tokens = tokens;
		this.users = users;
		this.forged = rejections("forged", meters);
		this.expired = rejections("expired", meters);
		this.provider = new JwtAuthenticationProvider(tokens.decoder());
		this.provider.setJwtAuthenticationConverter(this::authenticated);
	}

	private static Counter rejections(String reason, MeterRegistry meters) {
		return Counter.builder("security.tokens.rejected")
			.description("Tokens that were rejected")
			.tag("reason", reason)
			.register(meters);
	}

	@Override
	public Authentication authenticate(Authentication token) {
		try {
			return this.provider.authenticate(token);
		}
		catch (InvalidBearerTokenException ex) {
			(isForged(ex) ? this.forged : this.expired).increment();
			throw ex;
		}
	}

	// The decoder checks the expiry of a token only after its signature.
	private static boolean isForged(InvalidBearerTokenException ex) {
		return ex.getCause() instanceof BadJwtException && !(ex.getCause() instanceof JwtValidationException);
	}

	private AbstractAuthenticationToken authenticated(Jwt jwt) {
		UserCredentials credentials = this.users.find(Long.parseLong(jwt.getSubject())).orElseThrow(() -> refused(jwt));
		PresentedToken token = this.tokens.accept(jwt, credentials).orElseThrow(() -> refused(jwt));
		return UsernamePasswordAuthenticationToken.authenticated(credentials.user(), token, List.of());
	}

	/**
	 * Checks an accepted token against everything acknowledged. Waits while there is no
	 * primary.
	 * @throws InvalidBearerTokenException if the token has ended
	 */
	public void recheck(PresentedToken token) {
		Optional<UserCredentials> credentials = this.users.findAcknowledged(token.userId());
		if (credentials.flatMap((found) -> this.tokens.accept(token.jwt(), found)).isEmpty()) {
			this.expired.increment();
			throw ended(token.jwt());
		}
	}

	// A replica cannot tell whether the token has ended or was issued with a change that
	// the replica lacks. Only a primary can.
	private static RuntimeException refused(Jwt jwt) {
		return ConsistencyContext.current().isDegraded()
				? new TransientDataAccessResourceException(
						"No primary can tell whether the token of [%s] has ended".formatted(jwt.getSubject()))
				: ended(jwt);
	}

	private static InvalidBearerTokenException ended(Jwt jwt) {
		return new InvalidBearerTokenException("The token of [%s] has ended".formatted(jwt.getSubject()));
	}

}
