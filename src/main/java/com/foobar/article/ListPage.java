package com.foobar.article;

import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * A page that lists articles.
 *
 * @param path where its first page is, with or without a query
 * @param tag whose articles are listed, or null
 * @param following whether only authors are listed that the visitor follows
 * @param number which page this is, from 1
 */
public record ListPage(ArticleList list, String path, @Nullable String tag, boolean following, int number) {

	public static final int SIZE = 10;

	private static final int NEARBY = 5;

	public List<Article> articles() {
		return this.list.articles();
	}

	/**
	 * The numbers to show: the first, the last, and those nearby. None when one page
	 * holds everything.
	 */
	public List<Integer> pages() {
		int last = Math.ceilDiv(this.list.articlesCount(), SIZE);
		return (last > 1) ? IntStream.rangeClosed(1, last)
			.filter((page) -> page == 1 || page == last || Math.abs(page - this.number) <= NEARBY)
			.boxed()
			.toList() : List.of();
	}

	/** What a page's title ends with, so that no two have the same. */
	public String suffix() {
		return (this.number > 1) ? ", page " + this.number : "";
	}

	public String href(int page) {
		return this.path + (this.path.contains("?") ? "&" : "?") + "page=" + page;
	}

}
