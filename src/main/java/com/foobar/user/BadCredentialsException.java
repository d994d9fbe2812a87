package com.foobar.user;

import com.foobar.web.error.RequestRefusedException;
import org.springframework.http.HttpStatus;

/**
 * Refuses a sign-in with 401. The response tells neither whether the email exists nor
 * whether the password was wrong.
 */
class BadCredentialsException extends RequestRefusedException {

	BadCredentialsException(String email) {
		super(HttpStatus.UNAUTHORIZED, "credentials", "invalid", "Wrong email or password for [%s]".formatted(email));
	}

}
