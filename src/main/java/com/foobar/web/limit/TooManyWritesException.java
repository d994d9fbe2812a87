package com.foobar.web.limit;

import java.time.Duration;
import java.util.Optional;

import com.foobar.web.error.RequestRefusedException;
import com.foobar.web.security.AuthenticatedUser;
import org.springframework.http.HttpStatus;

/** Says when the next write is worth sending. */
class TooManyWritesException extends RequestRefusedException {

	private final Duration wait;

	TooManyWritesException(AuthenticatedUser visitor, Duration wait) {
		super(HttpStatus.TOO_MANY_REQUESTS, "requests",
				"are too many, try again in %d s".formatted(wait.plusMillis(999).toSeconds()),
				"Too many writes of [%s]".formatted(visitor.username()));
		this.wait = wait;
	}

	@Override
	protected Optional<Duration> retryAfter() {
		return Optional.of(this.wait);
	}

}
