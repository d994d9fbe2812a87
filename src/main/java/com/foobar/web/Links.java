package com.foobar.web;

import org.springframework.web.util.UriUtils;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Where things are on the site, for templates and redirects. */
public final class Links {

	/** Where the site says whether it works; below it, the same for programs. */
	public static final String STATUS = "/status";

	// Neither another host's (//host, /\\host), nor what a redirect would fill in ({}),
	// nor what is no header.
	private static final String LOCAL = "/(?![/\\\\])[!-~&&[^\\\\{}]]{0,2000}";

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

	/** An address that leads nowhere but to this site, even if somebody forged it. */
	public static String local(String address) {
		return address.matches(LOCAL) ? address : "/";
	}

	private static String segment(String text) {
		return UriUtils.encodePathSegment(text, UTF_8);
	}

}
