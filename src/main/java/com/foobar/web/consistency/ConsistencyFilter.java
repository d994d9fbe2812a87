package com.foobar.web.consistency;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.foobar.database.ConsistencyContext;
import com.foobar.web.ConsistencyHeaders;
import com.foobar.web.SafeRequests;
import com.foobar.web.SiteCookie;
import com.foobar.web.SiteProperties;
import com.foobar.web.security.SignInCookie;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.web.util.OnCommittedResponseWrapper;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Runs each request in a {@link ConsistencyContext}, so that a visitor reads nothing
 * older than what they have seen. The request carries the visitor's position in a cookie
 * or a header; the response carries the new position in both. A client of the API, or a
 * signed-in user, reads everything acknowledged by now if the request has no position or
 * writes. Responses to reads of pages by anonymous visitors carry no position, so that
 * caches may store the pages. Safe for use by several threads.
 */
@Component
class ConsistencyFilter extends OncePerRequestFilter {

	/** Attribute that holds the {@link ConsistencyContext} of a request that writes. */
	static final String WRITE_CONTEXT = ConsistencyFilter.class.getName() + ".write";

	private final ConsistencyTokens tokens;

	private final SignInCookie signInCookie;

	private final SiteCookie cookie;

	private final SafeRequests safeRequests;

	ConsistencyFilter(ConsistencyTokens tokens, SignInCookie signInCookie, SiteProperties site,
			SafeRequests safeRequests) {
		this.tokens = tokens;
		this.signInCookie = signInCookie;
		this.safeRequests = safeRequests;
		this.cookie = SiteCookie.of("consistency", site);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Set<String> positions = positions(request);
		boolean identified = isApi(request) || this.signInCookie.token(request).isPresent();
		boolean writes = !this.safeRequests.isSafe(request);
		// A write needs an up-to-date look-up of its sender, whose token may have ended.
		boolean strong = positions.remove(ConsistencyTokens.EVERYTHING)
				|| identified && (positions.isEmpty() || writes);
		boolean carriesToken = identified || writes;
		try (var context = ConsistencyContext.begin(String.join(",", positions), strong)) {
			if (writes) {
				request.setAttribute(WRITE_CONTEXT, context);
			}
			var carrier = new Carrier(response, context, carriesToken);
			chain.doFilter(request, carrier);
			carrier.onResponseCommitted();
		}
	}

	// Reads header and cookie, because either may hold the later position.
	private Set<String> positions(HttpServletRequest request) {
		Optional<String> header = Optional.ofNullable(request.getHeader(ConsistencyHeaders.TOKEN));
		return Stream.of(header, this.cookie.value(request))
			.flatMap(Optional::stream)
			.distinct()
			.flatMap((token) -> this.tokens.read(token).stream())
			.collect(Collectors.toCollection(HashSet::new));
	}

	private static boolean isApi(HttpServletRequest request) {
		return request.getServletPath().startsWith("/api/");
	}

	// Assets do not depend on the database.
	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return request.getRequestURI().startsWith("/assets/");
	}

	/**
	 * Adds the position and the degraded header when the response is committed, because
	 * they are known only after the last query.
	 */
	private final class Carrier extends OnCommittedResponseWrapper {

		private final ConsistencyContext context;

		private final boolean carriesToken;

		private Carrier(HttpServletResponse response, ConsistencyContext context, boolean carriesToken) {
			super(response);
			this.context = context;
			this.carriesToken = carriesToken;
		}

		@Override
		protected void onResponseCommitted() {
			if (isDisableOnResponseCommitted()) {
				return;
			}
			disableOnResponseCommitted();
			if (this.carriesToken) {
				ConsistencyFilter.this.tokens.issue(this.context.position()).ifPresent(this::addToken);
			}
			if (this.context.isDegraded()) {
				setHeader(ConsistencyHeaders.DEGRADED, "true");
			}
		}

		private void addToken(String token) {
			setHeader(ConsistencyHeaders.TOKEN, token);
			ConsistencyFilter.this.cookie.set(this, token, ConsistencyFilter.this.tokens.lifetime());
		}

	}

}
