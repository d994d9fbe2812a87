package com.foobar.user;

import com.foobar.web.error.RequestRefusedException;
import org.springframework.http.HttpStatus;

/** Says neither whether the email is known nor whether the password was the reason. */
class BadCredentialsException extends RequestRefusedException {

	BadCredentialsException(String email) {
		super(HttpStatus.UNAUTHORIZED, "credentials", "invalid", "Nobody signs in so as [%s]".formatted(email));
	}

}
