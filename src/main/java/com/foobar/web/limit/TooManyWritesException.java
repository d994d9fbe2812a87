package com.foobar.web.limit;

import java.time.Duration;
import java.util.Optional;

import com.foobar.web.error.ErrorDetails;
import com.foobar.web.error.RequestRefusedException;
import com.foobar.web.security.AuthenticatedUser;
import org.springframework.http.HttpStatus;

/** Refuses a write above the account's rate limit, with 429 and {@code Retry-After}. */
class TooManyWritesException extends RequestRefusedException {

	private final Duration wait;

	TooManyWritesException(AuthenticatedUser user, Duration wait) {
		super(ErrorDetails.of(HttpStatus.TOO_MANY_REQUESTS, "requests",
				"are too many, try again in %d s".formatted(wait.plusMillis(999).toSeconds())),
				"Too many writes by [%s]".formatted(user.username()));
		this.wait = wait;
	}

	@Override
	protected Optional<Duration> retryAfter() {
		return Optional.of(this.wait);
	}

}
