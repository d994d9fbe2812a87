package com.foobar.web;

import org.springframework.http.HttpStatus;

/**
 * A request that is turned down for a reason its sender can understand. Each feature
 * extends it once for each such reason; the API answers {@code {"errors": {"<key>":
 * ["<reason>"]}}}, a page shows the reason.
 */
public abstract class RefusedException extends RuntimeException {

	private final Failure failure;

	private final String key;

	private final String reason;

	/**
	 * Creates a refusal.
	 * @param key what it is about, as the API names it
	 * @param reason what the sender is told of it
	 * @param message what the log is told, with the value in [brackets]
	 */
	protected RefusedException(HttpStatus status, String key, String reason, String message) {
		super(message);
		this.failure = Failure.of(status, key, reason);
		this.key = key;
		this.reason = reason;
	}

	Failure failure() {
		return this.failure;
	}

	/**
	 * A sentence for the form that was refused, for example: email has already been
	 * taken.
	 */
	public String sentence() {
		return this.key + " " + this.reason;
	}

}
