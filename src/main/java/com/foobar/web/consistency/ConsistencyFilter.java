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
 * Shows visitors nothing older than what they have seen: their position comes with the
 * request, as a cookie or as a header, and leaves with the answer as both. A client of
 * the API, or somebody signed in, who brings none is shown everything acknowledged by
 * now. Anonymous readers of pages bring and get none, so that pages may be cached.
 */
@Component
class ConsistencyFilter extends OncePerRequestFilter {

	/** Under which a request that is not safe has its {@link ConsistencyContext}. */
	static final String WRITE = ConsistencyFilter.class.getName() + ".write";

	private final ConsistencyTokens tokens;

	private final SignInCookie signIn;

	private final SiteCookie cookie;

	private final SafeRequests safe;

	ConsistencyFilter(ConsistencyTokens tokens, SignInCookie signIn, SiteProperties site, SafeRequests safe) {
		this.tokens = tokens;
		this.signIn = signIn;
		this.safe = safe;
		this.cookie = SiteCookie.of("consistency", site);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Set<String> positions = positions(request);
		boolean known = isApi(request) || this.signIn.token(request).isPresent();
		boolean writes = !this.safe.isSafe(request);
		// Whoever changes something must be who they say by now.
		boolean strong = positions.remove(ConsistencyTokens.EVERYTHING) || known && (positions.isEmpty() || writes);
		boolean carries = known || writes;
		try (var causality = ConsistencyContext.begin(String.join(",", positions), strong)) {
			if (writes) {
				request.setAttribute(WRITE, causality);
			}
			var carrier = new Carrier(response, causality, carries);
			chain.doFilter(request, carrier);
			carrier.onResponseCommitted();
		}
	}

	// What both say: either may be of a later request than the other.
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

	// Files are the same for everybody.
	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return request.getRequestURI().startsWith("/assets/");
	}

	/** Adds what is known once the answer is made, at the last moment. */
	private final class Carrier extends OnCommittedResponseWrapper {

		private final ConsistencyContext causality;

		private final boolean carries;

		private Carrier(HttpServletResponse response, ConsistencyContext causality, boolean carries) {
			super(response);
			this.causality = causality;
			this.carries = carries;
		}

		@Override
		protected void onResponseCommitted() {
			if (isDisableOnResponseCommitted()) {
				return;
			}
			disableOnResponseCommitted();
			if (this.carries) {
				ConsistencyFilter.this.tokens.issue(this.causality.position()).ifPresent(this::carry);
			}
			if (this.causality.isDegraded()) {
				setHeader(ConsistencyHeaders.DEGRADED, "true");
			}
		}

		private void carry(String token) {
			setHeader(ConsistencyHeaders.TOKEN, token);
			ConsistencyFilter.this.cookie.set(this, token, ConsistencyFilter.this.tokens.lifetime());
		}

	}

}
