package com.foobar.user;

import com.foobar.web.RefusedException;
import org.springframework.http.HttpStatus;

class AlreadyTakenException extends RefusedException {

	AlreadyTakenException(String field, String value) {
		super(HttpStatus.CONFLICT, field, "has already been taken",
				"The %s [%s] has already been taken".formatted(field, value));
	}

}
