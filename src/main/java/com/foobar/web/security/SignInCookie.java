package com.foobar.web.security;

import java.time.Duration;
import java.util.Optional;

import com.foobar.web.SiteCookie;
import com.foobar.web.SiteProperties;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;

/**
 * Keeps a visitor of the pages signed in. No instance remembers anything: the token says
 * it all.
 */
@Component
public class SignInCookie {

	private final SignInTokens tokens;

	private final SiteCookie cookie;

	SignInCookie(SignInTokens tokens, SiteProperties site) {
		this.tokens = tokens;
		this.cookie = SiteCookie.of("sign-in", site);
	}

	/** Keeps this token. */
	public void set(HttpServletResponse response, String token) {
		this.cookie.set(response, token, this.tokens.lifetime());
	}

	/** Keeps whoever comes again signed in. */
	void renew(HttpServletResponse response, PresentedToken token) {
		this.tokens.renewUnlessYoung(token).ifPresent((renewed) -> set(response, renewed));
	}

	public void clear(HttpServletResponse response) {
		this.cookie.set(response, "", Duration.ZERO);
	}

	public Optional<String> token(HttpServletRequest request) {
		return this.cookie.value(request);
	}

}
