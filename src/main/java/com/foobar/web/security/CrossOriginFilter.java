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
 * Refuses forms that pages of other sites send, whatever token they carry: to sign
 * somebody in as somebody else is an attack, too. What comes from this site needs no
 * token; only clients that do not say where they come from do.
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
		if (isWriting(request) && RequestOrigin.of(request, this.site) == RequestOrigin.FOREIGN) {
			FOREIGN.send(request, response);
		}
		else {
			chain.doFilter(request, response);
		}
	}

	boolean needsToken(HttpServletRequest request) {
		return isWriting(request) && RequestOrigin.of(request, this.site) == RequestOrigin.UNKNOWN;
	}

	private static boolean isWriting(HttpServletRequest request) {
		return !SafeRequests.hasSafeMethod(request);
	}

}
