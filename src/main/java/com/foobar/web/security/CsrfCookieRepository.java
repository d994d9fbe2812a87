package com.foobar.web.security;

import com.foobar.web.SafeRequests;
import com.foobar.web.SiteCookie;
import com.foobar.web.SiteProperties;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.security.web.csrf.DeferredCsrfToken;

/**
 * Stores the CSRF token in a cookie. Every page with a form extends the cookie's life to
 * {@code foobar.token.lifetime}, so that a form that stays open over night can still be
 * sent. The token stays the same, so that forms in other tabs stay valid. Safe for use by
 * several threads.
 */
class CsrfCookieRepository implements CsrfTokenRepository {

	private final CookieCsrfTokenRepository cookie = new CookieCsrfTokenRepository();

	CsrfCookieRepository(SiteProperties site, TokenProperties tokens) {
		this.cookie.setCookieName(SiteCookie.name("csrf", site));
		this.cookie.setCookieCustomizer(
				(cookie) -> cookie.path("/").secure(site.secure()).sameSite("Lax").maxAge(tokens.lifetime()));
	}

	@Override
	public CsrfToken generateToken(HttpServletRequest request) {
		return this.cookie.generateToken(request);
	}

	@Override
	public void saveToken(@Nullable CsrfToken token, HttpServletRequest request, HttpServletResponse response) {
		this.cookie.saveToken(token, request, response);
	}

	@Override
	public @Nullable CsrfToken loadToken(HttpServletRequest request) {
		return this.cookie.loadToken(request);
	}

	@Override
	public DeferredCsrfToken loadDeferredToken(HttpServletRequest request, HttpServletResponse response) {
		DeferredCsrfToken token = this.cookie.loadDeferredToken(request, response);
		return SafeRequests.hasSafeMethod(request) ? new Renewed(token, request, response) : token;
	}

	/** Sends the cookie again when a form reads the token, and only then. */
	private final class Renewed implements DeferredCsrfToken {

		private final DeferredCsrfToken token;

		private final HttpServletRequest request;

		private final HttpServletResponse response;

		private Renewed(DeferredCsrfToken token, HttpServletRequest request, HttpServletResponse response) {
			this.token = token;
			this.request = request;
			this.response = response;
		}

		@Override
		public CsrfToken get() {
			CsrfToken csrfToken = this.token.get();
			if (!this.token.isGenerated()) {
				saveToken(csrfToken, this.request, this.response);
			}
			return csrfToken;
		}

		@Override
		public boolean isGenerated() {
			return this.token.isGenerated();
		}

	}

}
