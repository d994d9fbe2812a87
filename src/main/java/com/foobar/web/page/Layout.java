package com.foobar.web.page;

import java.util.UUID;
import java.util.function.UnaryOperator;

import com.foobar.web.SiteProperties;
import com.foobar.web.idempotency.IdempotencyKey;
import com.foobar.web.security.AuthenticatedUser;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;

/**
 * Data and helper methods for the layout around every page. Each template has one as
 * {@code layout}. Belongs to one request. Not thread-safe.
 */
public final class Layout {

	private final HttpServletRequest request;

	private final @Nullable AuthenticatedUser user;

	private final UnaryOperator<String> assets;

	private final SiteProperties site;

	Layout(HttpServletRequest request, @Nullable AuthenticatedUser user, UnaryOperator<String> assets,
			SiteProperties site) {
		this.request = request;
		this.user = user;
		this.assets = assets;
		this.site = site;
	}

	/** Returns the signed-in user, or null for an anonymous visitor. */
	public @Nullable AuthenticatedUser user() {
		return this.user;
	}

	/** Returns the CSS class of a link: {@code active} if it leads to this page. */
	public String activeOn(String path) {
		return this.request.getRequestURI().equals(path) ? "active" : "";
	}

	/** Whether a name is the one of the signed-in user. */
	public boolean isCurrentUser(String username) {
		return this.user != null && this.user.username().equals(username);
	}

	/** Returns the path and the query of this page, for redirects back to it. */
	public String currentPath() {
		String query = this.request.getQueryString();
		return this.request.getRequestURI() + ((query != null) ? "?" + query : "");
	}

	/**
	 * Returns the address of a user's picture: the user's own if it is https, otherwise
	 * the default picture.
	 * @param image the address that the user chose, or null
	 */
	public String avatar(@Nullable String image) {
		if (image != null && isSecure(image)) {
			return image;
		}
		// Clients of the API know the default picture by its plain name, so the hash is
		// in the query.
		return asset("/assets/default-avatar.svg").replaceFirst("-(\\w+)\\.svg", ".svg?$1");
	}

	private static boolean isSecure(String image) {
		return image.regionMatches(true, 0, "https://", 0, 8);
	}

	/**
	 * Returns the address of a static file. The address changes with the content, so that
	 * browsers can cache it.
	 * @throws NullPointerException if there is no such file
	 */
	public String asset(String path) {
		return this.assets.apply(path);
	}

	/** Returns the absolute address of a path of this site. */
	public String absolute(String path) {
		return this.site.url() + path;
	}

	/**
	 * Returns a tag URI (RFC 4151), which identifies a thing even if its address changes.
	 */
	public String tagUri(String name) {
		return "tag:%s,2026:%s".formatted(this.site.url().getHost(), name);
	}

	/** Returns the canonical address of this page, with its page number only. */
	public String canonical(PageMetadata head) {
		String path = (head.path() != null) ? head.path() : this.request.getRequestURI();
		String page = this.request.getParameter("page");
		boolean isFirstPage = page == null || !page.matches("[1-9]\\d*") || page.equals("1");
		return absolute(path) + (isFirstPage ? "" : "?page=" + page);
	}

	/** Returns the address of a picture for previews of links to this page. */
	public String picture(PageMetadata head) {
		String image = head.image();
		return (image != null && isSecure(image)) ? image : absolute("/apple-touch-icon.png");
	}

	/**
	 * Returns the CSRF token for a form. The token makes the page personal, so that no
	 * cache stores it: do not use it on a page that should be cached.
	 * @throws IllegalStateException if the beginning of the page was sent as cacheable
	 */
	public String csrf() {
		PageCachePolicy.markPersonal(this.request);
		return ((CsrfToken) this.request.getAttribute(CsrfToken.class.getName())).getToken();
	}

	/**
	 * Returns the idempotency key for a form: a new one each time the page is loaded, the
	 * sent one if the form is shown again with errors. So a form that is sent twice is
	 * applied once. The key makes the page personal, like {@link #csrf()}.
	 * @throws IllegalStateException if the beginning of the page was sent as cacheable
	 */
	public String idempotencyKey() {
		PageCachePolicy.markPersonal(this.request);
		String key = this.request.getMethod().equals("POST") ? this.request.getParameter(IdempotencyKey.FIELD) : null;
		return (key != null) ? key : UUID.randomUUID().toString();
	}

}
