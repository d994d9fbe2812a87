package com.foobar.comment;

import java.util.List;

/**
 * Which comments an answer will have, before they are read.
 *
 * @param cursors theirs, in the order they were looked for
 * @param bytes how much text they have
 * @param hasMore whether there are more beyond the last
 */
record CommentSelection(List<CommentCursor> cursors, long bytes, boolean hasMore) {

	List<Long> ids() {
		return this.cursors.stream().map(CommentCursor::id).toList();
	}

	CommentSelection reversed() {
		return new CommentSelection(this.cursors.reversed(), this.bytes, this.hasMore);
	}

}
