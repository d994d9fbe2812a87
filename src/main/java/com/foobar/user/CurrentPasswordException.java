package com.foobar.user;

import com.foobar.web.error.ErrorDetails;
import com.foobar.web.error.RequestRefusedException;
import org.springframework.http.HttpStatus;

/**
 * Refuses a request with 422: a new password or email needs the current password. The
 * status is not 401, because the token is valid: a client would discard it after a 401.
 */
class CurrentPasswordException extends RequestRefusedException {

	private CurrentPasswordException(String reason, String message) {
		super(ErrorDetails.of(HttpStatus.UNPROCESSABLE_CONTENT, "currentPassword", reason), message);
	}

	static CurrentPasswordException missing(User user) {
		return new CurrentPasswordException(
				"is needed to change your email or password, since you signed in a while ago",
				"[%s] must give the current password, since the last sign-in was too long ago"
					.formatted(user.username()));
	}

	static CurrentPasswordException wrong(User user) {
		return new CurrentPasswordException("is wrong", "That is not the password of [%s]".formatted(user.username()));
	}

}
