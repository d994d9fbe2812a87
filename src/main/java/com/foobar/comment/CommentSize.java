package com.foobar.comment;

/** The number of bytes that a comment's text adds to a response. */
record CommentSize(CommentCursor cursor, long bytes) {
}
