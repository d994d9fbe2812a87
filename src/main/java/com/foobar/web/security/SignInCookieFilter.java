package com.foobar.web.security;

import java.io.IOException;
import java.util.Objects;

import com.foobar.web.Links;
import com.foobar.web.SafeRequests;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Authenticates users of the pages by their cookie, and renews the cookie, except in the
 * response to a form, whose handler sets it. A browser sends the cookie with every
 * request, so an invalid token makes its owner anonymous instead of causing an error, and
 * requests with the cookie still need CSRF protection. Spring Security's filter for
 * bearer tokens cannot do this, because it exempts every request with a token from CSRF
 * protection. Safe for use by several threads.
 */
class SignInCookieFilter extends OncePerRequestFilter {

	private final SignInCookie cookie;

	private final TokenAuthenticator authenticator;

	// Passes the user on to the error page if the request fails.
	private final SecurityContextRepository contexts = new RequestAttributeSecurityContextRepository();

	SignInCookieFilter(SignInCookie cookie, TokenAuthenticator authenticator) {
		this.cookie = cookie;
		this.authenticator = authenticator;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		this.cookie.token(request).ifPresent((token) -> signIn(token, request, response));
		chain.doFilter(request, response);
	}

	private void signIn(String token, HttpServletRequest request, HttpServletResponse response) {
		try {
			var authentication = this.authenticator.authenticate(new BearerTokenAuthenticationToken(token));
			var context = new SecurityContextImpl(authentication);
			SecurityContextHolder.setContext(context);
			this.contexts.saveContext(context, request, response);
			if (SafeRequests.hasSafeMethod(request)) {
				this.cookie.renew(response, (PresentedToken) Objects.requireNonNull(authentication.getCredentials()));
			}
		}
		catch (AuthenticationException ex) {
			// A second click on the form that changes the password sends the old token,
			// and must not clear the cookie that the response to the first click has set.
			if (SafeRequests.hasSafeMethod(request)) {
				this.cookie.clear(response);
			}
		}
	}

	// Assets and the status page are the same for everybody. The status page must work
	// without the database, which the look-up of a user needs.
	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return request.getRequestURI().startsWith("/assets/") || request.getRequestURI().startsWith(Links.STATUS);
	}

}
