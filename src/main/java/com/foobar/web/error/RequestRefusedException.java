package com.foobar.web.error;

import java.time.Duration;
import java.util.Optional;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * A request that is turned down for a reason its sender can understand. Each feature
 * extends it once for each such reason; the API answers {@code {"errors": {"<key>":
 * ["<reason>"]}}}, a page shows the reason.
 */
public abstract class RequestRefusedException extends RuntimeException {

	private final ErrorDetails failure;

	private final String key;

	private final String reason;

	/**
	 * Creates a refusal.
	 * @param key what it is about, as the API names it
	 * @param reason what the sender is told of it
	 * @param message what the log is told, with the value in [brackets]
	 */
	protected RequestRefusedException(HttpStatus status, String key, String reason, String message) {
		super(message);
		this.failure = ErrorDetails.of(status, key, reason);
		this.key = key;
		this.reason = reason;
	}

	ErrorDetails failure() {
		return this.failure;
	}

	/** How long it is worth waiting before the next attempt, if that is why. */
	protected Optional<Duration> retryAfter() {
		return Optional.empty();
	}

	/**
	 * Tells programs when to come back, if that is why. A page that shows its form again
	 * says so too.
	 */
	public void postpone(HttpServletResponse response) {
		retryAfter().ifPresent((wait) -> {
			response.setStatus(this.failure.status().value());
			response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait.plusMillis(999).toSeconds()));
		});
	}

	/**
	 * A sentence for the form that was refused, for example: Email has already been
	 * taken.
	 */
	public String sentence() {
		return ErrorMessages.of(this.key, this.reason);
	}

}
