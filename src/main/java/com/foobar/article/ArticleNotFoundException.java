package com.foobar.article;

import com.foobar.web.RefusedException;
import org.springframework.http.HttpStatus;

class ArticleNotFoundException extends RefusedException {

	ArticleNotFoundException(String slug) {
		super(HttpStatus.NOT_FOUND, "article", "not found", "No article has the slug [%s]".formatted(slug));
	}

}
