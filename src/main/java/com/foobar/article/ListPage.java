package com.foobar.article;

import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * The model of an HTML page that lists articles. Immutable.
 *
 * @param path the URL path of the first page, with or without a query
 * @param tag the tag whose articles the page lists, or null
 * @param following whether the page lists only articles by authors the user follows
 * @param number the number of this page, from 1
 */
public record ListPage(ArticleList list, String path, @Nullable String tag, boolean following, int number) {

	public static final int SIZE = 10;

	private static final int MAX_DISTANCE = 5;

	/** Returns the articles of this page. */
	public List<Article> articles() {
		return this.list.articles();
	}

	/**
	 * Returns the page numbers to link to: the first, the last and those within five of
	 * this page. Returns an empty list if there is only one page.
	 */
	public List<Integer> pages() {
		int last = Math.ceilDiv(this.list.articlesCount(), SIZE);
		return (last > 1) ? IntStream.rangeClosed(1, last)
			.filter((page) -> page == 1 || page == last || Math.abs(page - this.number) <= MAX_DISTANCE)
			.boxed()
			.toList() : List.of();
	}

	/**
	 * Returns the end of the page's title, which makes the titles of the pages differ.
	 */
	public String suffix() {
		return (this.number > 1) ? ", page " + this.number : "";
	}

	/** Returns the URL path of a page. */
	public String href(int page) {
		return this.path + (this.path.contains("?") ? "&" : "?") + "page=" + page;
	}

}
