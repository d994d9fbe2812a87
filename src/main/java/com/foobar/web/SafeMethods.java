package com.foobar.web;

import java.util.Set;

import jakarta.servlet.http.HttpServletRequest;

/**
 * The methods that change nothing (RFC 9110, 9.2.1), so that a request may be repeated.
 */
final class SafeMethods {

	private static final Set<String> METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

	private SafeMethods() {
	}

	static boolean contain(HttpServletRequest request) {
		return METHODS.contains(request.getMethod());
	}

}
