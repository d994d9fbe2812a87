package com.foobar.comment;

import java.util.ArrayList;
import java.util.List;

/**
 * How much one answer has of the comments on an article.
 *
 * @param comments how many at most
 * @param bytes how many bytes of text at most, as it is written in HTML or in JSON. No
 * comment alone has more.
 * @param json whether in JSON
 */
record CommentBound(int comments, int bytes, boolean json) {

	static final CommentBound PAGE = new CommentBound(200, 500_000, false);

	/** That of the API, whose clients may ask for fewer. */
	static CommentBound api(int limit) {
		return new CommentBound(limit, 2_000_000, true);
	}

	/** What fits of the comments, of which there may be one more than fits. */
	CommentSelection select(List<CommentSize> found) {
		List<CommentCursor> selected = new ArrayList<>();
		long bytes = 0;
		for (CommentSize comment : found) {
			boolean fits = selected.size() < this.comments && bytes + comment.bytes() <= this.bytes;
			if (!fits && !selected.isEmpty()) {
				break;
			}
			selected.add(comment.cursor());
			bytes += comment.bytes();
		}
		return new CommentSelection(selected, bytes, selected.size() < found.size());
	}

}
