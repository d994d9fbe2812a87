package com.foobar.comment;

/** How many bytes of text an answer has for a comment. */
record CommentSize(CommentCursor cursor, long bytes) {
}
