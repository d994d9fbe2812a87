package com.foobar.profile;

import com.foobar.web.error.ErrorDetails;
import com.foobar.web.error.RequestRefusedException;
import org.springframework.http.HttpStatus;

/**
 * Refuses a request with 422: users cannot follow themselves, because that would only put
 * their own articles into their feed.
 */
class OwnProfileException extends RequestRefusedException {

	private static final ErrorDetails ERROR = ErrorDetails
		.of(HttpStatus.UNPROCESSABLE_CONTENT, "profile", "is your own")
		.withSentence("This is you.");

	OwnProfileException(String username) {
		super(ERROR, "[%s] cannot follow themselves".formatted(username));
	}

}
