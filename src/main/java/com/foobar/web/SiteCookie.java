package com.foobar.web;

import java.time.Duration;
import java.util.Optional;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

/**
 * A cookie of the site, which scripts cannot read.
 *
 * @param name the cookie's name in the browser
 * @param secure whether browsers send it over https only
 */
public record SiteCookie(String name, boolean secure) {

	/**
	 * Creates a cookie that is sent over https only if the site's address is https.
	 * @param name the cookie's name without prefix
	 */
	public static SiteCookie of(String name, SiteProperties site) {
		return new SiteCookie(name(name, site), site.secure());
	}

	/**
	 * Returns the cookie's name in the browser. If the site uses https the name has the
	 * prefix {@code __Host-}, with which browsers refuse the cookie from a subdomain or
	 * over plain http.
	 */
	public static String name(String name, SiteProperties site) {
		return site.secure() ? "__Host-" + name : name;
	}

	/** Returns the cookie's value in a request; empty if the request lacks the cookie. */
	public Optional<String> value(HttpServletRequest request) {
		return Optional.ofNullable(WebUtils.getCookie(request, this.name)).map(Cookie::getValue);
	}

	/** Adds the cookie to a response. A maximum age of zero deletes it in the browser. */
	public void set(HttpServletResponse response, String value, Duration maxAge) {
		ResponseCookie cookie = ResponseCookie.from(this.name, value)
			.path("/")
			.httpOnly(true)
			.secure(this.secure)
			.sameSite("Lax")
			.maxAge(maxAge)
			.build();
		response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
	}

}
