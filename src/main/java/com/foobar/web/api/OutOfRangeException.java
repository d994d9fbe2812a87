package com.foobar.web.api;

import com.foobar.web.error.ErrorDetails;
import com.foobar.web.error.RequestRefusedException;
import org.springframework.http.HttpStatus;

/** Refuses a query parameter that is out of its range, with 422. */
public class OutOfRangeException extends RequestRefusedException {

	OutOfRangeException(String parameter, int value, String rule) {
		super(ErrorDetails.of(HttpStatus.UNPROCESSABLE_CONTENT, parameter, rule),
				"Parameter [%s] is [%d] but %s".formatted(parameter, value, rule));
	}

}
