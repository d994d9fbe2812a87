package com.foobar.article;

import com.foobar.web.error.RequestRefusedException;
import com.foobar.web.security.AuthenticatedUser;
import org.springframework.http.HttpStatus;

/** Refuses a request with 403: another user is the author of the article. */
class ForeignArticleException extends RequestRefusedException {

	ForeignArticleException(String slug, AuthenticatedUser user) {
		super(HttpStatus.FORBIDDEN, "article", "forbidden", "[%s] is not by [%s]".formatted(slug, user.username()));
	}

}
