package com.foobar.article;

import com.foobar.web.error.RequestRefusedException;
import org.springframework.http.HttpStatus;

class ArticleNotFoundException extends RequestRefusedException {

	ArticleNotFoundException(String slug) {
		super(HttpStatus.NOT_FOUND, "article", "not found", "No article has the slug [%s]".formatted(slug));
	}

}
