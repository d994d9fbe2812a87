package com.foobar.web.limit;

import java.time.Duration;
import java.util.Optional;

import com.foobar.web.error.RequestRefusedException;
import org.springframework.http.HttpStatus;

/**
 * So much of one kind of work is being done that the turn of this request did not come.
 */
public class BulkheadFullException extends RequestRefusedException {

	private static final Duration SOON = Duration.ofSeconds(2);

	/**
	 * Creates a refusal.
	 * @param message what the log is told
	 */
	public BulkheadFullException(String message) {
		super(HttpStatus.SERVICE_UNAVAILABLE, "site", "is busy, try again in a moment", message);
	}

	@Override
	protected Optional<Duration> retryAfter() {
		return Optional.of(SOON);
	}

}
