package com.foobar.article;

import com.foobar.web.error.ErrorDetails;
import com.foobar.web.error.RequestRefusedException;
import com.foobar.web.security.AuthenticatedUser;
import org.springframework.http.HttpStatus;

/** Refuses a request with 403: another user is the author of the article. */
class ForeignArticleException extends RequestRefusedException {

	private static final ErrorDetails ERROR = ErrorDetails.of(HttpStatus.FORBIDDEN, "article", "forbidden")
		.withSentence("Only its author can change this article.");

	ForeignArticleException(String slug, AuthenticatedUser user) {
		super(ERROR, "[%s] is not by [%s]".formatted(slug, user.username()));
	}

}
