package com.foobar.site;

/** The bytes of comments on the embedded database. */
class EmbeddedCommentBytesTests extends CommentBytesContract {

}
