package com.foobar.comment;

import com.foobar.web.error.ErrorDetails;
import com.foobar.web.error.RequestRefusedException;
import org.springframework.http.HttpStatus;

/** Refuses a request with 404: the article has no comment with that id. */
class CommentNotFoundException extends RequestRefusedException {

	private static final ErrorDetails ERROR = ErrorDetails.of(HttpStatus.NOT_FOUND, "comment", "not found")
		.withSentence("This comment is gone.");

	CommentNotFoundException(long id, String slug) {
		super(ERROR, "Article [%s] has no comment [%d]".formatted(slug, id));
	}

}
