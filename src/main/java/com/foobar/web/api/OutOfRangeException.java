package com.foobar.web.api;

import com.foobar.web.error.RequestRefusedException;
import org.springframework.http.HttpStatus;

/** A parameter of the query is a number that its list does not have. */
class OutOfRangeException extends RequestRefusedException {

	OutOfRangeException(String parameter, int value, String rule) {
		super(HttpStatus.UNPROCESSABLE_CONTENT, parameter, rule,
				"Parameter [%s] is [%d] but %s".formatted(parameter, value, rule));
	}

}
