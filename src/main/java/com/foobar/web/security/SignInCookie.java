package com.foobar.web.security;

import java.time.Duration;
import java.util.Optional;

import com.foobar.web.SiteCookie;
import com.foobar.web.SiteProperties;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;

/**
 * Reads and writes the cookie that holds the sign-in token of a user of the pages.
 * Instances store no session. Safe for use by several threads.
 */
@Component
public class SignInCookie {

	private final SignInTokens tokens;

	private final SiteCookie cookie;

	SignInCookie(SignInTokens tokens, SiteProperties site) {
		this.tokens = tokens;
		this.cookie = SiteCookie.of("sign-in", site);
	}

	/** Sets the cookie, for {@code foobar.token.lifetime}. */
	public void set(HttpServletResponse response, String token) {
		this.cookie.set(response, token, this.tokens.lifetime());
	}

	/** Replaces the token by a new one if it is due for renewal. */
	void renew(HttpServletResponse response, PresentedToken token) {
		this.tokens.renewIfDue(token).ifPresent((renewed) -> set(response, renewed));
	}

	/** Deletes the cookie in the browser. */
	public void clear(HttpServletResponse response) {
		this.cookie.set(response, "", Duration.ZERO);
	}

	/**
	 * Returns the token in the cookie of a request; empty if there is none. It is not
	 * verified.
	 */
	public Optional<String> token(HttpServletRequest request) {
		return this.cookie.value(request);
	}

}
