package com.foobar.profile;

import com.foobar.web.error.RequestRefusedException;
import org.springframework.http.HttpStatus;

/**
 * Refuses a request with 422: users cannot follow themselves, because that would only put
 * their own articles into their feed.
 */
class OwnProfileException extends RequestRefusedException {

	OwnProfileException(String username) {
		super(HttpStatus.UNPROCESSABLE_CONTENT, "profile", "is your own",
				"[%s] cannot follow themselves".formatted(username));
	}

}
