package com.foobar.web;

import java.time.Duration;
import java.util.Optional;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;
import org.springframework.web.util.WebUtils;

/**
 * Keeps a visitor of the pages signed in. No instance remembers anything: the token says
 * it all.
 */
@Component
public class SignInCookie {

	private final Tokens tokens;

	private final boolean secure;

	SignInCookie(Tokens tokens, SiteProperties site) {
		this.tokens = tokens;
		this.secure = site.secure();
	}

	public void set(HttpServletResponse response, long visitorId) {
		add(response, this.tokens.issue(visitorId), this.tokens.lifetime());
	}

	public void clear(HttpServletResponse response) {
		add(response, "", Duration.ZERO);
	}

	Optional<String> token(HttpServletRequest request) {
		return Optional.ofNullable(WebUtils.getCookie(request, name())).map(Cookie::getValue);
	}

	// With the prefix a browser refuses the cookie from a subdomain or over plain http.
	private String name() {
		return this.secure ? "__Host-sign-in" : "sign-in";
	}

	private void add(HttpServletResponse response, String value, Duration maxAge) {
		ResponseCookie cookie = ResponseCookie.from(name(), value)
			.path("/")
			.httpOnly(true)
			.secure(this.secure)
			.sameSite("Lax")
			.maxAge(maxAge)
			.build();
		response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
	}

}
