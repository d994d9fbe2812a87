package com.foobar.user;

import java.time.Duration;
import java.util.Optional;

import com.foobar.web.error.ErrorDetails;
import com.foobar.web.error.RequestRefusedException;
import org.springframework.http.HttpStatus;

/**
 * Refuses a request with 429. The response tells when to try again, but not whether the
 * account exists.
 */
class TooManyAttemptsException extends RequestRefusedException {

	private final Duration wait;

	TooManyAttemptsException(String key, Duration wait) {
		super(ErrorDetails.of(HttpStatus.TOO_MANY_REQUESTS, "attempts", "are too many, " + retryAdvice(wait))
			.withSentence("Too many attempts. Please " + retryAdvice(wait) + "."),
				"Too many attempts of [%s]".formatted(key));
		this.wait = wait;
	}

	private static String retryAdvice(Duration wait) {
		return (wait.toSeconds() < 60) ? "try again in a minute"
				: "try again in %d minutes".formatted(wait.toMinutes() + 1);
	}

	@Override
	protected Optional<Duration> retryAfter() {
		return Optional.of(this.wait);
	}

}
