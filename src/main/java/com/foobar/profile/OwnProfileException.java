package com.foobar.profile;

import com.foobar.web.error.RequestRefusedException;
import org.springframework.http.HttpStatus;

/** Following oneself would only fill one's feed with what one wrote. */
class OwnProfileException extends RequestRefusedException {

	OwnProfileException(String username) {
		super(HttpStatus.UNPROCESSABLE_CONTENT, "profile", "is your own",
				"[%s] wants to follow themselves".formatted(username));
	}

}
