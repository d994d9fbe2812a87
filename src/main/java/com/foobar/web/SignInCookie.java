package com.foobar.web;

import java.time.Duration;
import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.stereotype.Component;

/**
 * Keeps a visitor of the pages signed in. No instance remembers anything: the token says
 * it all.
 */
@Component
public class SignInCookie {

	private final Tokens tokens;

	private final SiteCookie cookie;

	SignInCookie(Tokens tokens, SiteProperties site) {
		this.tokens = tokens;
		this.cookie = SiteCookie.of("sign-in", site);
	}

	/**
	 * Signs somebody in, or keeps them so after their password has changed.
	 * @param password hashed, as it is stored now
	 */
	public void set(HttpServletResponse response, long visitorId, String password) {
		this.cookie.set(response, this.tokens.issue(visitorId, password), this.tokens.lifetime());
	}

	/** Keeps whoever comes again signed in. */
	void renew(HttpServletResponse response, Jwt token) {
		this.tokens.renew(token).ifPresent((renewed) -> this.cookie.set(response, renewed, this.tokens.lifetime()));
	}

	public void clear(HttpServletResponse response) {
		this.cookie.set(response, "", Duration.ZERO);
	}

	Optional<String> token(HttpServletRequest request) {
		return this.cookie.value(request);
	}

}
