package com.foobar.web.security;

import java.net.URI;
import java.util.Objects;
import java.util.Set;

import com.foobar.web.SiteProperties;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.http.HttpHeaders;

/**
 * Where a request comes from, as browsers say in headers that no page can set:
 * {@code Sec-Fetch-Site} where the site is served over https or from localhost, and
 * {@code Origin} with every form that is posted.
 */
enum RequestOrigin {

	/** This site, or the visitor themselves. */
	OWN,

	/** A page of another site, or one that hides which. */
	FOREIGN,

	/** Its sender does not say, so it is hardly a browser. */
	UNKNOWN;

	static final String FETCH_SITE = "Sec-Fetch-Site";

	private static final Set<String> OWN_SITES = Set.of("same-origin", "none");

	static RequestOrigin of(HttpServletRequest request, SiteProperties site) {
		String fetchSite = request.getHeader(FETCH_SITE);
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		if (fetchSite != null) {
			return OWN_SITES.contains(fetchSite) ? OWN : FOREIGN;
		}
		if (origin != null) {
			return isOwn(origin, request, site) ? OWN : FOREIGN;
		}
		return UNKNOWN;
	}

	// The site may have other names, such as localhost for somebody who uses it through a
	// tunnel, over plain http. Under its own name its scheme is known: a page that came
	// over http is not one that came over https.
	private static boolean isOwn(String origin, HttpServletRequest request, SiteProperties site) {
		URI url = site.url();
		String host = Objects.requireNonNullElse(request.getHeader(HttpHeaders.HOST), "");
		return origin.equalsIgnoreCase(url.getScheme() + "://" + url.getAuthority())
				|| origin.equalsIgnoreCase(url.getScheme() + "://" + host) || !host.equalsIgnoreCase(url.getAuthority())
						&& origin.equalsIgnoreCase(request.getScheme() + "://" + host);
	}

}
