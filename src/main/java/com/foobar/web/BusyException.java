package com.foobar.web;

import java.time.Duration;
import java.util.Optional;

import org.springframework.http.HttpStatus;

/** So many large answers are being made that this request's turn did not come. */
class BusyException extends RefusedException {

	private static final Duration SOON = Duration.ofSeconds(2);

	BusyException() {
		super(HttpStatus.SERVICE_UNAVAILABLE, "site", "is busy, try again in a moment",
				"Too many large answers are made at once");
	}

	@Override
	protected Optional<Duration> retryAfter() {
		return Optional.of(SOON);
	}

}
