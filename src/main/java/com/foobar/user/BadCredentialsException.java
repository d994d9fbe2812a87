package com.foobar.user;

import com.foobar.web.error.ErrorDetails;
import com.foobar.web.error.RequestRefusedException;
import org.springframework.http.HttpStatus;

/**
 * Refuses a sign-in with 401. The response tells neither whether the email exists nor
 * whether the password was wrong.
 */
class BadCredentialsException extends RequestRefusedException {

	private static final ErrorDetails ERROR = ErrorDetails.of(HttpStatus.UNAUTHORIZED, "credentials", "invalid")
		.withSentence("That email and password do not belong together.");

	BadCredentialsException(String email) {
		super(ERROR, "Wrong email or password for [%s]".formatted(email));
	}

}
