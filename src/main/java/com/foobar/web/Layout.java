package com.foobar.web;

import java.util.UUID;
import java.util.function.UnaryOperator;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.csrf.CsrfToken;

/**
 * What the frame around every page shows. Available to each template as {@code layout}.
 */
public final class Layout {

	private final HttpServletRequest request;

	private final @Nullable Visitor visitor;

	private final UnaryOperator<String> assets;

	Layout(HttpServletRequest request, @Nullable Visitor visitor, UnaryOperator<String> assets) {
		this.request = request;
		this.visitor = visitor;
		this.assets = assets;
	}

	/** Who is signed in, or null. */
	public @Nullable Visitor visitor() {
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
		if (image != null && image.regionMatches(true, 0, "https://", 0, 8)) {
			return image;
		}
		// Clients know it by its name, so its hash stands behind.
		return asset("/assets/default-avatar.svg").replaceFirst("-(\\w+)\\.svg", ".svg?$1");
	}

	/**
	 * The address of a file, which changes with its content, so that a browser may keep
	 * it for ever.
	 */
	public String asset(String path) {
		return this.assets.apply(path);
	}

	/**
	 * The token that every form carries. Asking for it sets a cookie: never ask on a page
	 * that may be cached.
	 */
	public String csrf() {
		return ((CsrfToken) this.request.getAttribute(CsrfToken.class.getName())).getToken();
	}

	/**
	 * The key of a form: a new one each time its page is loaded, the same while what is
	 * wrong with it is corrected, so that sending it twice has its effect once.
	 */
	public String idempotencyKey() {
		String sent = this.request.getMethod().equals("POST") ? this.request.getParameter(IdempotencyKey.FIELD) : null;
		return (sent != null) ? sent : UUID.randomUUID().toString();
	}

}
