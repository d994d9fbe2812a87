package com.foobar.web.consistency;

import com.foobar.database.ConsistencyContext;
import com.foobar.web.security.PresentedToken;
import com.foobar.web.security.TokenAuthenticator;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/**
 * Checks the sign-in token of a writing request again before it writes, if there was no
 * primary at the first check. A replica that is behind may accept a token that has ended,
 * so the write waits for the next primary. Safe for use by several threads.
 */
@Component
public class SignInRecheck {

	private final TokenAuthenticator authenticator;

	SignInRecheck(TokenAuthenticator authenticator) {
		this.authenticator = authenticator;
	}

	/**
	 * Refuses a request whose token has ended. Waits for a primary if the first check had
	 * none, and throws what {@link TokenAuthenticator#recheck} throws.
	 */
	public void check(HttpServletRequest request) {
		if (request.getAttribute(ConsistencyFilter.WRITE_CONTEXT) instanceof ConsistencyContext context
				&& context.isDegraded() && request.getUserPrincipal() instanceof Authentication authentication
				&& authentication.getCredentials() instanceof PresentedToken token && !isSigningOut(request)) {
			this.authenticator.recheck(token);
		}
	}

	// Signing out of one browser writes nothing to the database.
	private static boolean isSigningOut(HttpServletRequest request) {
		return request.getRequestURI().equals("/logout");
	}

}
