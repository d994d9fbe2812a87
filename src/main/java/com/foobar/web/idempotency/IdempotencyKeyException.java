package com.foobar.web.idempotency;

import com.foobar.web.error.ErrorDetails;
import com.foobar.web.error.RequestRefusedException;
import org.springframework.http.HttpStatus;

/** Refuses a request because of its idempotency key, with 422. */
class IdempotencyKeyException extends RequestRefusedException {

	private IdempotencyKeyException(String reason, String message) {
		super(ErrorDetails.of(HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-key", reason), message);
	}

	static IdempotencyKeyException malformed(String key) {
		return new IdempotencyKeyException("needs 1 to 255 visible ASCII characters",
				"The idempotency key [%s] is malformed".formatted(key));
	}

	/** The response was encrypted with a key that {@code foobar.token.key} lacks now. */
	static IdempotencyKeyException undecryptable(IdempotencyKey key) {
		return new IdempotencyKeyException(
				"belongs to a request that was already made, and its response can no longer be read",
				"The response stored for the idempotency key [%s] was encrypted with a key that was removed"
					.formatted(key.value()));
	}

	/** The key was already used for a request with other content. */
	static IdempotencyKeyException reused(IdempotencyKey key) {
		return new IdempotencyKeyException(
				"belongs to a request that was already made and said something else; "
						+ "make a new key, or load the form's page again",
				"The idempotency key [%s] belongs to another request".formatted(key.value()));
	}

}
