package com.foobar.article;

import com.foobar.web.error.RequestRefusedException;
import org.springframework.http.HttpStatus;

/** Refuses a request with 404: no article has or had that slug. */
class ArticleNotFoundException extends RequestRefusedException {

	ArticleNotFoundException(String slug) {
		super(HttpStatus.NOT_FOUND, "article", "not found", "No article has the slug [%s]".formatted(slug));
	}

}
