package com.foobar.web.consistency;

import com.foobar.database.ConsistencyContext;
import com.foobar.web.security.PresentedToken;
import com.foobar.web.security.TokenAuthenticator;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;

/**
 * Looks up again, before anything is changed, who asks for that, if there was no primary
 * at the first look-up to tell what was acknowledged. A replica that is behind may
 * believe a token that has ended; what would be written with it waits for the next
 * primary, which knows better.
 */
@Component
public class SignInRecheck {

	private final TokenAuthenticator authenticator;

	SignInRecheck(TokenAuthenticator authenticator) {
		this.authenticator = authenticator;
	}

	/** Refuses a request whose token has ended. Waits for a primary, if need be. */
	public void check(HttpServletRequest request) {
		if (request.getAttribute(ConsistencyFilter.WRITE) instanceof ConsistencyContext write && write.isDegraded()
				&& request.getUserPrincipal() instanceof Authentication asking
				&& asking.getCredentials() instanceof PresentedToken token && !isSigningOut(request)) {
			this.authenticator.recheck(token);
		}
	}

	// Signing out of this browser writes nothing.
	private static boolean isSigningOut(HttpServletRequest request) {
		return request.getRequestURI().equals("/logout");
	}

}
