package com.foobar.comment;

import java.util.List;

/**
 * The comments that a response will have, selected before they are read. Immutable.
 *
 * @param cursors the cursors of the comments, in the order of the query
 * @param bytes the number of bytes of their text, escaped
 * @param hasMore whether more comments follow the last one
 */
record CommentSelection(List<CommentCursor> cursors, long bytes, boolean hasMore) {

	List<Long> ids() {
		return this.cursors.stream().map(CommentCursor::id).toList();
	}

	CommentSelection reversed() {
		return new CommentSelection(this.cursors.reversed(), this.bytes, this.hasMore);
	}

}
