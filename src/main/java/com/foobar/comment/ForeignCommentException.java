package com.foobar.comment;

import com.foobar.web.error.ErrorDetails;
import com.foobar.web.error.RequestRefusedException;
import com.foobar.web.security.AuthenticatedUser;
import org.springframework.http.HttpStatus;

/** Refuses a request with 403: another user wrote the comment. */
class ForeignCommentException extends RequestRefusedException {

	private static final ErrorDetails ERROR = ErrorDetails.of(HttpStatus.FORBIDDEN, "comment", "forbidden")
		.withSentence("Only who wrote this comment can delete it.");

	ForeignCommentException(long id, AuthenticatedUser user) {
		super(ERROR, "Comment [%d] is not by [%s]".formatted(id, user.username()));
	}

}
