package com.foobar.article;

import com.foobar.web.error.RequestRefusedException;
import com.foobar.web.security.AuthenticatedUser;
import org.springframework.http.HttpStatus;

class ForeignArticleException extends RequestRefusedException {

	ForeignArticleException(String slug, AuthenticatedUser visitor) {
		super(HttpStatus.FORBIDDEN, "article", "forbidden", "[%s] is not by [%s]".formatted(slug, visitor.username()));
	}

}
