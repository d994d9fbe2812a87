package com.foobar.user;

import java.util.Objects;
import java.util.function.Supplier;

import com.foobar.web.error.RequestRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * The result or the exception of work that runs before a transaction. {@link #get()}
 * throws the exception only inside the transaction: for a repeated request, the recorded
 * response comes first. Immutable.
 */
record Outcome<T>(@Nullable T value, @Nullable RequestRefusedException exception) {

	/**
	 * Runs the work, and keeps a {@link RequestRefusedException} that it throws.
	 * @throws TooManyAttemptsException if the work throws it, without looking for a
	 * recorded response: that needs a transaction on the primary, and the throttle must
	 * save this load.
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
	 * Returns the result.
	 * @throws RequestRefusedException if the work has thrown it
	 */
	T get() {
		if (this.exception != null) {
			throw this.exception;
		}
		return Objects.requireNonNull(this.value);
	}

}
