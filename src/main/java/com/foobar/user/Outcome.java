package com.foobar.user;

import java.util.Objects;
import java.util.function.Supplier;

import com.foobar.web.error.RequestRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * Result, or refusal, of work done before a transaction. The refusal is not thrown until
 * the result is asked for: a request that was served before is answered as it was then.
 */
record Outcome<T>(@Nullable T value, @Nullable RequestRefusedException refusal) {

	/**
	 * Does the work.
	 * @throws TooManyAttemptsException if it was refused for that. To find an earlier
	 * answer takes a transaction on the primary, which is what that refusal saves.
	 */
	static <T> Outcome<T> of(Supplier<T> work) {
		try {
			return new Outcome<>(work.get(), null);
		}
		catch (TooManyAttemptsException ex) {
			throw ex;
		}
		catch (RequestRefusedException ex) {
			return new Outcome<>(null, ex);
		}
	}

	/**
	 * The result.
	 * @throws RequestRefusedException if the work was refused
	 */
	T get() {
		if (this.refusal != null) {
			throw this.refusal;
		}
		return Objects.requireNonNull(this.value);
	}

}
