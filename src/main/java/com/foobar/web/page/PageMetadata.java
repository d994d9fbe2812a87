package com.foobar.web.page;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Metadata of a page besides its title, for search engines, feed readers and previews of
 * links.
 *
 * @param type the Open Graph type: article, profile or website
 * @param path the canonical path of the page; null for the requested path
 * @param feed the path of the Atom feed of the page's list, or null
 * @param image the address of a picture, or null
 * @param published when an article was published; null for other pages
 * @param author the path of an article's author; null for other pages
 * @param hidden whether search engines must not index the page
 */
public record PageMetadata(String type, @Nullable String path, @Nullable String feed, @Nullable String image,
		@Nullable Instant published, @Nullable String author, boolean hidden) {

	private static final String WEBSITE = "website";

	/** Metadata of a page without any of its own. */
	public static final PageMetadata PAGE = new PageMetadata(WEBSITE, null, null, null, null, null, false);

	/** Metadata of a page that search engines must not index. */
	public static final PageMetadata HIDDEN = new PageMetadata(WEBSITE, null, null, null, null, null, true);

	/** Returns the metadata of a list. */
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
