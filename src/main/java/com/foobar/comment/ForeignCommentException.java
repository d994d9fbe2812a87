package com.foobar.comment;

import com.foobar.web.RefusedException;
import com.foobar.web.Visitor;
import org.springframework.http.HttpStatus;

class ForeignCommentException extends RefusedException {

	ForeignCommentException(long id, Visitor visitor) {
		super(HttpStatus.FORBIDDEN, "comment", "forbidden",
				"Comment [%d] is not by [%s]".formatted(id, visitor.username()));
	}

}
