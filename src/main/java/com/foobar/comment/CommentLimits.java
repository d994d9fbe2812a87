package com.foobar.comment;

import java.util.ArrayList;
import java.util.List;

/**
 * The maximum number and size of the comments in one response.
 *
 * @param maxComments the maximum number of comments
 * @param maxBytes the maximum number of bytes of their text, escaped for HTML or JSON. No
 * single comment is larger.
 * @param json whether the response is JSON; else it is HTML
 */
record CommentLimits(int maxComments, int maxBytes, boolean json) {

	static final CommentLimits PAGE = new CommentLimits(200, 500_000, false);

	/** Returns the limits for the API, whose clients choose the number of comments. */
	static CommentLimits api(int limit) {
		return new CommentLimits(limit, 2_000_000, true);
	}

	/**
	 * Selects the comments that fit, but at least one if there is one.
	 * @param found the comments in order: the maximum number and one more, which tells
	 * whether more comments follow
	 */
	CommentSelection select(List<CommentSize> found) {
		List<CommentCursor> selected = new ArrayList<>();
		long bytes = 0;
		for (CommentSize comment : found) {
			boolean fits = selected.size() < this.maxComments && bytes + comment.bytes() <= this.maxBytes;
			if (!fits && !selected.isEmpty()) {
				break;
			}
			selected.add(comment.cursor());
			bytes += comment.bytes();
		}
		return new CommentSelection(selected, bytes, selected.size() < found.size());
	}

}
