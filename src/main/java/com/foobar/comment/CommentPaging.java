package com.foobar.comment;

import java.util.List;

import com.foobar.web.limit.LargeResponses;
import com.foobar.web.Links;
import com.foobar.web.security.AuthenticatedUser;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Builds the pages of the comments on an article. Safe for use by several threads. */
@Component
class CommentPaging {

	// Counting reads an index entry for each comment, so it needs a limit.
	private static final int MAX_COUNT = 10_000;

	private final Comments comments;

	private final LargeResponses largeResponses;

	CommentPaging(Comments comments, LargeResponses largeResponses) {
		this.comments = comments;
		this.largeResponses = largeResponses;
	}

	/**
	 * Returns one page of comments. Without cursors, it is the first page, with the
	 * newest comments.
	 * @param before the last comment of the previous (newer) page, or null
	 * @param after the first comment of the next (older) page, or null
	 * @param articleBytes the number of bytes of the article, which is on the same page
	 * @param reader the user who reads, or null for an anonymous visitor
	 */
	CommentPage page(String slug, @Nullable CommentCursor before, @Nullable CommentCursor after, long articleBytes,
			@Nullable AuthenticatedUser reader) {
		if (before != null) {
			CommentSelection older = this.comments.before(slug, CommentLimits.PAGE, before);
			// If all older comments were deleted, this shows the first page.
			return older.cursors().isEmpty() ? newest(slug, articleBytes, reader)
					: page(slug, older, true, older.hasMore(), "?before=" + before, articleBytes, reader);
		}
		if (after != null) {
			CommentSelection newer = this.comments.after(slug, CommentLimits.PAGE, after);
			// If no newer page follows, this is the first page, which has its own URL.
			return newer.hasMore() ? page(slug, newer, true, true, "?after=" + after, articleBytes, reader)
					: newest(slug, articleBytes, reader);
		}
		return newest(slug, articleBytes, reader);
	}

	private CommentPage newest(String slug, long articleBytes, @Nullable AuthenticatedUser reader) {
		CommentSelection newest = this.comments.newest(slug, CommentLimits.PAGE, 0);
		return page(slug, newest, false, newest.hasMore(), "", articleBytes, reader);
	}

	private CommentPage page(String slug, CommentSelection selection, boolean hasNewer, boolean hasOlder, String query,
			long articleBytes, @Nullable AuthenticatedUser reader) {
		this.largeResponses.acquireIfLarge(articleBytes + selection.bytes());
		List<Comment> read = this.comments.read(selection, reader);
		String article = Links.article(slug);
		List<CommentCursor> cursors = selection.cursors();
		String newer = hasNewer ? article + "?after=" + cursors.getFirst() : null;
		String older = hasOlder ? article + "?before=" + cursors.getLast() : null;
		String heading = heading((hasNewer || hasOlder) ? this.comments.count(slug, MAX_COUNT + 1) : read.size());
		return new CommentPage(article + query, read, heading, newer, older);
	}

	private static String heading(int count) {
		return switch (count) {
			case 0 -> "No comments yet";
			case 1 -> "One comment";
			case MAX_COUNT + 1 -> "More than %d comments".formatted(MAX_COUNT);
			default -> count + " comments";
		};
	}

}
