package com.foobar.comment;

import com.foobar.web.error.RequestRefusedException;
import com.foobar.web.security.AuthenticatedUser;
import org.springframework.http.HttpStatus;

class ForeignCommentException extends RequestRefusedException {

	ForeignCommentException(long id, AuthenticatedUser visitor) {
		super(HttpStatus.FORBIDDEN, "comment", "forbidden",
				"Comment [%d] is not by [%s]".formatted(id, visitor.username()));
	}

}
