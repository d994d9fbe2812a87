package com.foobar.comment;

import com.foobar.web.error.RequestRefusedException;
import org.springframework.http.HttpStatus;

class CommentNotFoundException extends RequestRefusedException {

	CommentNotFoundException(long id, String slug) {
		super(HttpStatus.NOT_FOUND, "comment", "not found", "Article [%s] has no comment [%d]".formatted(slug, id));
	}

}
