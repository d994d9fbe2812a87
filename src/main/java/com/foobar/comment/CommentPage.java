package com.foobar.comment;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The model of one page of the comments on an article. Immutable.
 *
 * @param path the URL path of this page
 * @param comments the comments of this page, newest first
 * @param heading the heading, with the number of comments on all pages
 * @param newer the URL path of the page with newer comments, or null on the first page
 * @param older the URL path of the page with older comments, or null on the last page
 */
public record CommentPage(String path, List<Comment> comments, String heading, @Nullable String newer,
		@Nullable String older) {

	/**
	 * Whether this page shows the newest comments, so that a new one will appear here.
	 */
	public boolean isFirst() {
		return this.newer == null;
	}

	/** Returns the end of the page's title; it differs from the first page's. */
	public String suffix() {
		return isFirst() ? "" : ", older comments";
	}

}
