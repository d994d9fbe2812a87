package com.foobar.user;

import com.foobar.web.error.RequestRefusedException;
import org.springframework.http.HttpStatus;

/**
 * A change of the password or the email that needs the current password. Not 401: the
 * token is good, and a client that took this for its end would sign its owner out.
 */
class CurrentPasswordException extends RequestRefusedException {

	private CurrentPasswordException(String reason, String message) {
		super(HttpStatus.UNPROCESSABLE_CONTENT, "currentPassword", reason, message);
	}

	static CurrentPasswordException missing(User user) {
		return new CurrentPasswordException(
				"is needed to change your email or password, since you signed in a while ago",
				"[%s] signed in too long ago to change how".formatted(user.username()));
	}

	static CurrentPasswordException wrong(User user) {
		return new CurrentPasswordException("is wrong", "That is not the password of [%s]".formatted(user.username()));
	}

}
