package com.foobar.article;

import com.foobar.web.error.ErrorDetails;
import com.foobar.web.error.RequestRefusedException;
import org.springframework.http.HttpStatus;

/** Refuses a request with 404: no article has or had that slug. */
class ArticleNotFoundException extends RequestRefusedException {

	static final ErrorDetails ERROR = ErrorDetails.of(HttpStatus.NOT_FOUND, "article", "not found")
		.withSentence("This article does not exist, or its author has taken it away.");

	ArticleNotFoundException(String slug) {
		super(ERROR, "No article has the slug [%s]".formatted(slug));
	}

}
