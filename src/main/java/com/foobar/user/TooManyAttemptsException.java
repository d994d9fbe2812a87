package com.foobar.user;

import java.time.Duration;
import java.util.Optional;

import com.foobar.web.error.RequestRefusedException;
import org.springframework.http.HttpStatus;

/** Says when the next attempt is worth making, and not whether the account exists. */
class TooManyAttemptsException extends RequestRefusedException {

	private final Duration wait;

	TooManyAttemptsException(String who, Duration wait) {
		super(HttpStatus.TOO_MANY_REQUESTS, "attempts", "are too many, " + again(wait),
				"Too many attempts of [%s]".formatted(who));
		this.wait = wait;
	}

	@Override
	public String sentence() {
		return "Too many attempts. Please " + again(this.wait) + ".";
	}

	private static String again(Duration wait) {
		return (wait.toSeconds() < 60) ? "try again in a minute"
				: "try again in %d minutes".formatted(wait.toMinutes() + 1);
	}

	@Override
	protected Optional<Duration> retryAfter() {
		return Optional.of(this.wait);
	}

}
