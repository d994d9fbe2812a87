package com.foobar.web.idempotency;

import com.foobar.web.error.RequestRefusedException;
import org.springframework.http.HttpStatus;

/** A key that a request cannot be made with. */
class IdempotencyKeyException extends RequestRefusedException {

	private IdempotencyKeyException(String reason, String message) {
		super(HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-key", reason, message);
	}

	static IdempotencyKeyException malformed(String key) {
		return new IdempotencyKeyException("needs 1 to 255 visible ASCII characters",
				"The idempotency key [%s] is malformed".formatted(key));
	}

	/** The key of what was encrypted is no longer among the site's. */
	static IdempotencyKeyException ofAnswerThatIsLost(IdempotencyKey key) {
		return new IdempotencyKeyException(
				"belongs to a request that was already made, and its answer can no longer be read",
				"The answer under the idempotency key [%s] was encrypted with a key that is gone"
					.formatted(key.value()));
	}

	static IdempotencyKeyException ofAnotherRequest(IdempotencyKey key) {
		return new IdempotencyKeyException(
				"belongs to a request that was already made and said something else; "
						+ "make a new key, or load the form's page again",
				"The idempotency key [%s] belongs to another request".formatted(key.value()));
	}

}
