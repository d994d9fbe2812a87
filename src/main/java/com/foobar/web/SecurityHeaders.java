package com.foobar.web;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;

/** Headers that tell browsers what a response may do. */
public final class SecurityHeaders {

	/**
	 * Images may come from anywhere over https, since people link to their own; nothing
	 * else leaves the site.
	 */
	public static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "img-src 'self' https: data:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
			+ "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

	private SecurityHeaders() {
	}

	/** Adds them to a response that did not pass Spring Security's filters. */
	public static void addTo(HttpServletResponse response) {
		response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
		response.setHeader("X-Content-Type-Options", "nosniff");
		response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
	}

}
