package com.foobar.web.error;

import java.time.Duration;
import java.util.Optional;

import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;

/**
 * Refuses a request for a reason that its sender can understand. Each feature has a
 * subclass for each such reason. The API responds with {@code {"errors": {"<subject>":
 * ["<message>"]}}}; a page shows the sentence.
 */
public abstract class RequestRefusedException extends RuntimeException {

	private final ErrorDetails error;

	/**
	 * Creates an exception.
	 * @param error the error for the sender, with one message
	 * @param message the message for the log, with the value in [brackets]
	 */
	protected RequestRefusedException(ErrorDetails error, String message) {
		super(message);
		this.error = error;
	}

	ErrorDetails error() {
		return this.error;
	}

	/** Returns how long the sender should wait, if a later attempt may succeed. */
	protected Optional<Duration> retryAfter() {
		return Optional.empty();
	}

	/**
	 * Sets the status and {@code Retry-After} if a later attempt may succeed. For pages
	 * that show their form again instead of an error page.
	 */
	public void writeRetryAfter(HttpServletResponse response) {
		retryAfter().ifPresent((wait) -> {
			response.setStatus(this.error.status().value());
			response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(wait.plusMillis(999).toSeconds()));
		});
	}

	/**
	 * Returns the reason as a sentence for the form, for example: Email has already been
	 * taken.
	 */
	public String sentence() {
		return this.error.sentences().getFirst();
	}

}
