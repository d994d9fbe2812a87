package com.foobar.web.page;

import com.foobar.web.ConsistencyHeaders;
import com.foobar.web.SafeRequests;
import com.foobar.web.SiteCookie;
import com.foobar.web.SiteProperties;
import com.foobar.web.security.SignInCookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Decides which pages a shared cache may store: those for visitors without a sign-in and
 * without a position. A signed-in user gets a personal page. A visitor with a position,
 * for example after a sign-out, has seen something that a cached page may lack.
 *
 * <p>
 * A cache may store a page for one second, serve it for two more seconds while it fetches
 * the next version, and serve it for an hour if the site is unavailable. All other
 * responses keep the {@code no-store} of Spring Security. Safe for use by several
 * threads.
 */
@Component
class PageCachePolicy {

	private static final String PERSONAL = PageCachePolicy.class.getName() + ".personal";

	private static final String CACHEABLE = PageCachePolicy.class.getName() + ".shared";

	private static final String CACHE_CONTROL = "public, max-age=1, stale-while-revalidate=2, stale-if-error=3600";

	private final SignInCookie signInCookie;

	private final SiteCookie consistencyCookie;

	PageCachePolicy(SignInCookie signInCookie, SiteProperties site) {
		this.signInCookie = signInCookie;
		this.consistencyCookie = SiteCookie.of("consistency", site);
	}

	/**
	 * Marks the response as personal, which excludes it from caches.
	 * @throws IllegalStateException if the beginning of a large page was already sent as
	 * cacheable
	 */
	static void markPersonal(HttpServletRequest request) {
		if (request.getAttribute(CACHEABLE) != null) {
			throw new IllegalStateException(
					"Page [%s] became personal after its beginning was sent as cacheable: write its first form earlier"
						.formatted(request.getRequestURI()));
		}
		request.setAttribute(PERSONAL, true);
	}

	/**
	 * Adds the caching headers if caches may store the response. Called for a large page
	 * before it is complete.
	 * @return whether caches may store the response
	 */
	boolean markIfCacheable(HttpServletRequest request, HttpServletResponse response) {
		// Of the safe methods, only GET and HEAD render a page.
		boolean cacheable = SafeRequests.hasSafeMethod(request) && isAnonymous(request)
				&& request.getAttribute(PERSONAL) == null && response.getStatus() == HttpStatus.OK.value();
		if (cacheable) {
			request.setAttribute(CACHEABLE, true);
			// The response to the same address depends on these headers.
			response.addHeader(HttpHeaders.VARY, HttpHeaders.COOKIE);
			response.addHeader(HttpHeaders.VARY, ConsistencyHeaders.TOKEN);
			if (!response.containsHeader(HttpHeaders.CACHE_CONTROL)) {
				response.setHeader(HttpHeaders.CACHE_CONTROL, CACHE_CONTROL);
			}
		}
		return cacheable;
	}

	// A cookie counts even if its token has ended.
	private boolean isAnonymous(HttpServletRequest request) {
		return this.signInCookie.token(request).isEmpty() && this.consistencyCookie.value(request).isEmpty()
				&& request.getHeader(ConsistencyHeaders.TOKEN) == null;
	}

}
