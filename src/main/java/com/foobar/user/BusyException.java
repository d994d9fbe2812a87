package com.foobar.user;

import java.time.Duration;
import java.util.Optional;

import com.foobar.web.RefusedException;
import org.springframework.http.HttpStatus;

/** So many sign in or register at once that somebody's turn did not come. */
class BusyException extends RefusedException {

	private static final Duration SOON = Duration.ofSeconds(2);

	BusyException(Duration waited) {
		super(HttpStatus.SERVICE_UNAVAILABLE, "site", "is busy, try again in a moment",
				"No password could be hashed within [%s]".formatted(waited));
	}

	@Override
	protected Optional<Duration> retryAfter() {
		return Optional.of(SOON);
	}

}
