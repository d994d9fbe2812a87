package com.foobar.database;

import org.jspecify.annotations.Nullable;

/** No primary came in time. Whoever waited for so long is not made to wait again. */
class HeldInVainException extends NoServerException {

	HeldInVainException(String message, @Nullable Throwable lastFailure) {
		super(message);
		if (lastFailure != null) {
			initCause(lastFailure);
		}
	}

}
