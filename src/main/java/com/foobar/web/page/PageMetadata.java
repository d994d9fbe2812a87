package com.foobar.web.page;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What a page says of itself to machines, beyond its title: to search engines, to feed
 * readers, and to whatever shows a preview of a link to it.
 *
 * @param type article, profile or website, as in Open Graph
 * @param path where the page is, without what only says how the reader got there; null
 * for the path that was asked for
 * @param feed the path of an Atom feed of what the page lists, or null
 * @param image the address of a picture, or null
 * @param published when that was, of an article
 * @param author the path of an article's author
 * @param hidden whether search engines are to leave it out
 */
public record PageMetadata(String type, @Nullable String path, @Nullable String feed, @Nullable String image,
		@Nullable Instant published, @Nullable String author, boolean hidden) {

	private static final String WEBSITE = "website";

	/** That of any page, for want of more. */
	public static final PageMetadata PAGE = new PageMetadata(WEBSITE, null, null, null, null, null, false);

	/** That of a page which nobody needs to find. */
	public static final PageMetadata HIDDEN = new PageMetadata(WEBSITE, null, null, null, null, null, true);

	/** That of a list. */
	public static PageMetadata list(String path, @Nullable String feed) {
		return new PageMetadata(WEBSITE, path, feed, null, null, null, false);
	}

	public static PageMetadata article(String path, Instant published, String author, @Nullable String image) {
		return new PageMetadata("article", path, null, image, published, author, false);
	}

	public static PageMetadata profile(String path, String feed, @Nullable String image) {
		return new PageMetadata("profile", path, feed, image, null, null, false);
	}

}
