package com.foobar.profile;

import com.foobar.web.error.ErrorDetails;
import com.foobar.web.error.RequestRefusedException;
import org.springframework.http.HttpStatus;

/** Refuses a request with 404: no user has that name. */
public class ProfileNotFoundException extends RequestRefusedException {

	private static final ErrorDetails ERROR = ErrorDetails.of(HttpStatus.NOT_FOUND, "profile", "not found")
		.withSentence("Nobody here has that name.");

	ProfileNotFoundException(String username) {
		super(ERROR, "No user has the name [%s]".formatted(username));
	}

}
