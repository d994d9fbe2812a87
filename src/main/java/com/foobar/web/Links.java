package com.foobar.web;

import org.springframework.web.util.UriUtils;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Builds the paths of the site's pages, for templates and redirects. */
public final class Links {

	/** The status page; with {@code .json} appended, the same for programs. */
	public static final String STATUS = "/status";

	// Excludes addresses of other hosts (//host, /\\host), the variables that a redirect
	// would expand ({}), and characters that a header cannot hold.
	private static final String LOCAL_PATH = "/(?![/\\\\])[!-~&&[^\\\\{}]]{0,2000}";

	private Links() {
	}

	public static String article(String slug) {
		return "/article/" + segment(slug);
	}

	public static String editor(String slug) {
		return "/editor/" + segment(slug);
	}

	public static String profile(String username) {
		return "/profile/" + segment(username);
	}

	public static String tag(String tag) {
		return "/tag/" + segment(tag);
	}

	/**
	 * Returns the address if it is a path of this site, otherwise {@code /}. Protects
	 * redirects from forged addresses.
	 */
	public static String localOrRoot(String address) {
		return address.matches(LOCAL_PATH) ? address : "/";
	}

	private static String segment(String text) {
		return UriUtils.encodePathSegment(text, UTF_8);
	}

}
