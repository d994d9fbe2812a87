package com.foobar.comment;

import java.util.List;

import com.foobar.web.limit.LargeResponses;
import com.foobar.web.Links;
import com.foobar.web.security.AuthenticatedUser;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The comments on an article, a page at a time. */
@Component
class CommentPages {

	// Counting goes through an index, whose length nothing bounds.
	private static final int COUNTED = 10_000;

	private final Comments comments;

	private final LargeResponses large;

	CommentPages(Comments comments, LargeResponses large) {
		this.comments = comments;
		this.large = large;
	}

	/**
	 * A page of them.
	 * @param before the last comment of the page before, or null
	 * @param after the first comment of the next page, or null
	 * @param text how many bytes the rest of the page has
	 */
	CommentPage page(String slug, @Nullable CommentCursor before, @Nullable CommentCursor after, long text,
			@Nullable AuthenticatedUser reader) {
		if (before != null) {
			CommentSelection older = this.comments.before(slug, CommentBound.PAGE, before);
			// All that were there have been deleted.
			return older.cursors().isEmpty() ? newest(slug, text, reader)
					: page(slug, older, true, older.hasMore(), "?before=" + before, text, reader);
		}
		if (after != null) {
			CommentSelection newer = this.comments.after(slug, CommentBound.PAGE, after);
			// The first page is full, and at its own address.
			return newer.hasMore() ? page(slug, newer, true, true, "?after=" + after, text, reader)
					: newest(slug, text, reader);
		}
		return newest(slug, text, reader);
	}

	private CommentPage newest(String slug, long text, @Nullable AuthenticatedUser reader) {
		CommentSelection newest = this.comments.newest(slug, CommentBound.PAGE, 0);
		return page(slug, newest, false, newest.hasMore(), "", text, reader);
	}

	private CommentPage page(String slug, CommentSelection selection, boolean hasNewer, boolean hasOlder, String query,
			long text, @Nullable AuthenticatedUser reader) {
		this.large.expect(text + selection.bytes());
		List<Comment> read = this.comments.read(selection, reader);
		String article = Links.article(slug);
		List<CommentCursor> cursors = selection.cursors();
		String newer = hasNewer ? article + "?after=" + cursors.getFirst() : null;
		String older = hasOlder ? article + "?before=" + cursors.getLast() : null;
		String heading = heading((hasNewer || hasOlder) ? this.comments.count(slug, COUNTED + 1) : read.size());
		return new CommentPage(article + query, read, heading, newer, older);
	}

	private static String heading(int count) {
		return switch (count) {
			case 0 -> "No comments yet";
			case 1 -> "One comment";
			case COUNTED + 1 -> "More than %d comments".formatted(COUNTED);
			default -> count + " comments";
		};
	}

}
