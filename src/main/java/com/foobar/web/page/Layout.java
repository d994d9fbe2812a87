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
 * What the frame around every page shows. Available to each template as {@code layout}.
 */
public final class Layout {

	private final HttpServletRequest request;

	private final @Nullable AuthenticatedUser visitor;

	private final UnaryOperator<String> assets;

	private final SiteProperties site;

	Layout(HttpServletRequest request, @Nullable AuthenticatedUser visitor, UnaryOperator<String> assets,
			SiteProperties site) {
		this.request = request;
		this.visitor = visitor;
		this.assets = assets;
		this.site = site;
	}

	/** Who is signed in, or null. */
	public @Nullable AuthenticatedUser visitor() {
		return this.visitor;
	}

	/** The class that marks the link to the page one is on. */
	public String activeOn(String path) {
		return this.request.getRequestURI().equals(path) ? "active" : "";
	}

	/** Whether that is the visitor's own name. */
	public boolean isVisitor(String username) {
		return this.visitor != null && this.visitor.username().equals(username);
	}

	/** Where one is, for coming back. */
	public String here() {
		String query = this.request.getQueryString();
		return this.request.getRequestURI() + ((query != null) ? "?" + query : "");
	}

	/**
	 * The picture of somebody: their own if it comes over https, or one that stands for
	 * everybody else.
	 * @param image what they chose, if anything
	 */
	public String avatar(@Nullable String image) {
		if (image != null && isSecure(image)) {
			return image;
		}
		// Clients know it by its name, so its hash stands behind.
		return asset("/assets/default-avatar.svg").replaceFirst("-(\\w+)\\.svg", ".svg?$1");
	}

	private static boolean isSecure(String image) {
		return image.regionMatches(true, 0, "https://", 0, 8);
	}

	/**
	 * The address of a file, which changes with its content, so that a browser may keep
	 * it for ever.
	 */
	public String asset(String path) {
		return this.assets.apply(path);
	}

	/** Where something is, for those who are not on the site. */
	public String absolute(String path) {
		return this.site.url() + path;
	}

	/**
	 * A name for something that it keeps for ever, whatever becomes of its address: a tag
	 * as in RFC 4151.
	 */
	public String permanent(String name) {
		return "tag:%s,2026:%s".formatted(this.site.url().getHost(), name);
	}

	/** The one address of this page, whatever else its reader's says. */
	public String canonical(PageMetadata head) {
		String path = (head.path() != null) ? head.path() : this.request.getRequestURI();
		String page = this.request.getParameter("page");
		boolean first = page == null || !page.matches("[1-9]\\d*") || page.equals("1");
		return absolute(path) + (first ? "" : "?page=" + page);
	}

	/** A picture for previews of links to this page. */
	public String picture(PageMetadata head) {
		String image = head.image();
		return (image != null && isSecure(image)) ? image : absolute("/apple-touch-icon.png");
	}

	/**
	 * The token that every form carries. It is its visitor's alone, and so becomes the
	 * page: never ask for it on one that may be cached.
	 */
	public String csrf() {
		PageCachePolicy.personal(this.request);
		return ((CsrfToken) this.request.getAttribute(CsrfToken.class.getName())).getToken();
	}

	/**
	 * The key of a form: a new one each time its page is loaded, the same while what is
	 * wrong with it is corrected, so that sending it twice has its effect once.
	 */
	public String idempotencyKey() {
		PageCachePolicy.personal(this.request);
		String sent = this.request.getMethod().equals("POST") ? this.request.getParameter(IdempotencyKey.FIELD) : null;
		return (sent != null) ? sent : UUID.randomUUID().toString();
	}

}
