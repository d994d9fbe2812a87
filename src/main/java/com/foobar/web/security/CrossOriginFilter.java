package com.foobar.web.security;

import java.io.IOException;

import com.foobar.web.SafeRequests;
import com.foobar.web.SiteProperties;
import com.foobar.web.error.ErrorDetails;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses forms from pages of other sites with 403, even if they carry a valid CSRF
 * token, because an attacker could use such a form to sign a visitor in to the attacker's
 * account. Forms from this site need no CSRF token. Only clients that do not send their
 * origin need one. Safe for use by several threads.
 */
class CrossOriginFilter extends OncePerRequestFilter {

	private static final ErrorDetails FOREIGN = ErrorDetails.of(HttpStatus.FORBIDDEN, "form",
			"was sent from another site; open its page here, and send it from there");

	private final SiteProperties site;

	CrossOriginFilter(SiteProperties site) {
		this.site = site;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (isWrite(request) && RequestOrigin.of(request, this.site) == RequestOrigin.FOREIGN) {
			FOREIGN.send(request, response);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	/** Whether a request needs a CSRF token: a write whose origin is unknown. */
	boolean needsToken(HttpServletRequest request) {
		return isWrite(request) && RequestOrigin.of(request, this.site) == RequestOrigin.UNKNOWN;
	}

	private static boolean isWrite(HttpServletRequest request) {
		return !SafeRequests.hasSafeMethod(request);
	}

}
