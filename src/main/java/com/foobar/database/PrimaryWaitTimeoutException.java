package com.foobar.database;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when no primary came within {@code foobar.database.failover.timeout} (15s), or
 * when the wait queue is full. The transaction is not retried, because its client has
 * waited long enough.
 */
public class PrimaryWaitTimeoutException extends NoServerException {

	public PrimaryWaitTimeoutException(String message, @Nullable Throwable lastFailure) {
		super(message);
		if (lastFailure != null) {
			initCause(lastFailure);
		}
	}

}
