package com.foobar.comment;

import com.foobar.web.error.RequestRefusedException;
import com.foobar.web.security.AuthenticatedUser;
import org.springframework.http.HttpStatus;

/** Refuses a request with 403: another user wrote the comment. */
class ForeignCommentException extends RequestRefusedException {

	ForeignCommentException(long id, AuthenticatedUser user) {
		super(HttpStatus.FORBIDDEN, "comment", "forbidden",
				"Comment [%d] is not by [%s]".formatted(id, user.username()));
	}

}
