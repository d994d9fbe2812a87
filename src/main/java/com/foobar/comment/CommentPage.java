package com.foobar.comment;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a page shows of the comments on an article.
 *
 * @param path where the page is
 * @param comments the newest first
 * @param heading how many there are in all
 * @param newer where the page before is, or null on the first
 * @param older where the next page is, or null on the last
 */
public record CommentPage(String path, List<Comment> comments, String heading, @Nullable String newer,
		@Nullable String older) {

	/** Whether these are the newest comments, among which a new one will be. */
	public boolean isFirst() {
		return this.newer == null;
	}

	/** What a page's title ends with, so that no two have the same. */
	public String suffix() {
		return isFirst() ? "" : ", older comments";
	}

}
