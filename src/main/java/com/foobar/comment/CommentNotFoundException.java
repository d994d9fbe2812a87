package com.foobar.comment;

import com.foobar.web.error.RequestRefusedException;
import org.springframework.http.HttpStatus;

/** Refuses a request with 404: the article has no comment with that id. */
class CommentNotFoundException extends RequestRefusedException {

	CommentNotFoundException(long id, String slug) {
		super(HttpStatus.NOT_FOUND, "comment", "not found", "Article [%s] has no comment [%d]".formatted(slug, id));
	}

}
