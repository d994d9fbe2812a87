package com.foobar.user;

import com.foobar.web.error.ErrorDetails;
import com.foobar.web.error.RequestRefusedException;
import org.springframework.http.HttpStatus;

/** Refuses a request with 409: another user has the username or the email. */
class AlreadyTakenException extends RequestRefusedException {

	AlreadyTakenException(String field, String value) {
		super(ErrorDetails.of(HttpStatus.CONFLICT, field, "has already been taken"),
				"The %s [%s] has already been taken".formatted(field, value));
	}

}
