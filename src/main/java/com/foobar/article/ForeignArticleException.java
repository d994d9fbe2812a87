package com.foobar.article;

import com.foobar.web.RefusedException;
import com.foobar.web.Visitor;
import org.springframework.http.HttpStatus;

class ForeignArticleException extends RefusedException {

	ForeignArticleException(String slug, Visitor visitor) {
		super(HttpStatus.FORBIDDEN, "article", "forbidden", "[%s] is not by [%s]".formatted(slug, visitor.username()));
	}

}
