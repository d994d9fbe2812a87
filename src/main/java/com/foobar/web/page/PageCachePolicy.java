package com.foobar.web.page;

import com.foobar.web.ConsistencyHeaders;
import com.foobar.web.SiteCookie;
import com.foobar.web.SiteProperties;
import com.foobar.web.security.SignInCookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Which pages a cache on the way may keep and show to others: those for readers of whom
 * nothing is known. Whoever is signed in sees a page of their own. Whoever brings a
 * position, as after signing out, has seen something that a kept page may lack.
 *
 * <p>
 * A page is kept for a second, shown for two more while the next one is fetched, and for
 * an hour if there is nobody to fetch it from. All other answers keep what Spring
 * Security says of them: {@code no-store}.
 */
@Component
class PageCachePolicy {

	private static final String PERSONAL = PageCachePolicy.class.getName() + ".personal";

	private static final String SHARED = PageCachePolicy.class.getName() + ".shared";

	private static final String KEPT = "public, max-age=1, stale-while-revalidate=2, stale-if-error=3600";

	private final SignInCookie signIn;

	private final SiteCookie consistency;

	PageCachePolicy(SignInCookie signIn, SiteProperties site) {
		this.signIn = signIn;
		this.consistency = SiteCookie.of("consistency", site);
	}

	/**
	 * Takes note that what this request is answered is for its visitor alone.
	 * @throws IllegalStateException if the beginning of a large page went out as one for
	 * everybody
	 */
	static void personal(HttpServletRequest request) {
		if (request.getAttribute(SHARED) != null) {
			throw new IllegalStateException(
					"Page [%s] has become its visitor's after its beginning was sent to be shared: ask for its first form earlier"
						.formatted(request.getRequestURI()));
		}
		request.setAttribute(PERSONAL, true);
	}

	/**
	 * Whether the answer may be kept by caches. It is marked if so. A large one is marked
	 * before it is complete.
	 */
	boolean mark(HttpServletRequest request, HttpServletResponse response) {
		boolean shared = isReading(request) && isAnonymous(request) && request.getAttribute(PERSONAL) == null
				&& response.getStatus() == HttpStatus.OK.value();
		if (shared) {
			request.setAttribute(SHARED, true);
			// By what the same address answers something else to another visitor.
			response.addHeader(HttpHeaders.VARY, HttpHeaders.COOKIE);
			response.addHeader(HttpHeaders.VARY, ConsistencyHeaders.TOKEN);
			if (!response.containsHeader(HttpHeaders.CACHE_CONTROL)) {
				response.setHeader(HttpHeaders.CACHE_CONTROL, KEPT);
			}
		}
		return shared;
	}

	private static boolean isReading(HttpServletRequest request) {
		return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
	}

	// Also a cookie that is no longer good makes a visitor somebody.
	private boolean isAnonymous(HttpServletRequest request) {
		return this.signIn.token(request).isEmpty() && this.consistency.value(request).isEmpty()
				&& request.getHeader(ConsistencyHeaders.TOKEN) == null;
	}

}
