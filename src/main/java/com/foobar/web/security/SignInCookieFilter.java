package com.foobar.web.security;

import java.io.IOException;
import java.util.Objects;

import com.foobar.web.Links;
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
 * Recognises visitors of the pages, and keeps those who come again signed in. Unlike a
 * token in a header, a cookie is sent without being asked for, so a stale one makes its
 * owner anonymous instead of being an error, and requests that carry one still need a
 * CSRF token: that is why this is not Spring Security's filter for bearer tokens, which
 * exempts whatever has a token.
 */
class SignInCookieFilter extends OncePerRequestFilter {

	private final SignInCookie cookie;

	private final TokenAuthenticator authenticator;

	// Should the request fail, its error page still knows the visitor.
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
			var visitor = this.authenticator.authenticate(new BearerTokenAuthenticationToken(token));
			var context = new SecurityContextImpl(visitor);
			SecurityContextHolder.setContext(context);
			this.contexts.saveContext(context, request, response);
			if (isPage(request)) {
				this.cookie.renew(response, (PresentedToken) Objects.requireNonNull(visitor.getCredentials()));
			}
		}
		catch (AuthenticationException ex) {
			if (isPage(request)) {
				this.cookie.clear(response);
			}
		}
	}

	// Forms are answered with a cookie of their own. And a second click on the one that
	// changes the password must not sign out whom the first has given a new token.
	private static boolean isPage(HttpServletRequest request) {
		return request.getMethod().equals("GET");
	}

	// Files are the same for everybody, and so is how the site feels: who asks for that
	// may be somebody whom the database cannot be asked about.
	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return request.getRequestURI().startsWith("/assets/") || request.getRequestURI().startsWith(Links.STATUS);
	}

}
