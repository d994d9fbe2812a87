package com.foobar.database;

import org.jspecify.annotations.Nullable;

/** No primary came in time. Whoever waited for so long is not made to wait again. */
public class PrimaryWaitTimeoutException extends NoServerException {

	public PrimaryWaitTimeoutException(String message, @Nullable Throwable lastFailure) {
		super(message);
		if (lastFailure != null) {
			initCause(lastFailure);
		}
	}

}
