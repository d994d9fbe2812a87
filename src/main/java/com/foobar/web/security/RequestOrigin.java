package com.foobar.web.security;

import java.net.URI;
import java.util.Objects;
import java.util.Set;

import com.foobar.web.SiteProperties;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;

/**
 * The origin of a request. Browsers send it in headers that no page can set:
 * {@code Sec-Fetch-Site} if the site is served over https or from localhost, and
 * {@code Origin} with every POST of a form.
 */
enum RequestOrigin {

	/** A page of this site, or the visitor's own action, such as a typed address. */
	OWN,

	/** A page of another site, or of a site that hides its origin. */
	FOREIGN,

	/** The request has neither header, so its sender is probably not a browser. */
	UNKNOWN;

	static final String FETCH_SITE = "Sec-Fetch-Site";

	private static final Set<String> OWN_FETCH_SITES = Set.of("same-origin", "none");

	static RequestOrigin of(HttpServletRequest request, SiteProperties site) {
		String fetchSite = request.getHeader(FETCH_SITE);
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		if (fetchSite != null) {
			return OWN_FETCH_SITES.contains(fetchSite) ? OWN : FOREIGN;
		}
		if (origin != null) {
			return isOwn(origin, request, site) ? OWN : FOREIGN;
		}
		return UNKNOWN;
	}

	// The site may have other host names, such as localhost through a tunnel over plain
	// http; then the request's scheme counts. Under the host of foobar.site.url only that
	// scheme counts: a page that came over http may be forged.
	private static boolean isOwn(String origin, HttpServletRequest request, SiteProperties site) {
		URI url = site.url();
		String host = Objects.requireNonNullElse(request.getHeader(HttpHeaders.HOST), "");
		return origin.equalsIgnoreCase(url.getScheme() + "://" + url.getAuthority())
				|| origin.equalsIgnoreCase(url.getScheme() + "://" + host) || !host.equalsIgnoreCase(url.getAuthority())
						&& origin.equalsIgnoreCase(request.getScheme() + "://" + host);
	}

}
