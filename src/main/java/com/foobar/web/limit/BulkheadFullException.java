package com.foobar.web.limit;

import java.time.Duration;
import java.util.Optional;

import com.foobar.web.error.ErrorDetails;
import com.foobar.web.error.RequestRefusedException;
import org.springframework.http.HttpStatus;

/**
 * Refuses a request that got no permit of a {@link Bulkhead} in time, with 503 and a
 * {@code Retry-After} of 2 seconds.
 */
public class BulkheadFullException extends RequestRefusedException {

	private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

	/**
	 * Creates an exception.
	 * @param message the message for the log
	 */
	public BulkheadFullException(String message) {
		super(ErrorDetails.of(HttpStatus.SERVICE_UNAVAILABLE, "site", "is busy, try again in a moment"), message);
	}

	@Override
	protected Optional<Duration> retryAfter() {
		return Optional.of(RETRY_AFTER);
	}

}
