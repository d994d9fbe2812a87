package com.foobar.user;

import java.util.Objects;
import java.util.function.Supplier;

import com.foobar.web.RefusedException;
import org.jspecify.annotations.Nullable;

/**
 * What was worked out before a transaction, or why it could not be. A request that was
 * made before is answered as it was then, whatever became of this.
 */
record Prepared<T>(@Nullable T value, @Nullable RefusedException refusal) {

	static <T> Prepared<T> of(Supplier<T> work) {
		try {
			return new Prepared<>(work.get(), null);
		}
		catch (RefusedException ex) {
			return new Prepared<>(null, ex);
		}
	}

	/**
	 * What was worked out.
	 * @throws RefusedException if that was refused
	 */
	T get() {
		if (this.refusal != null) {
			throw this.refusal;
		}
		return Objects.requireNonNull(this.value);
	}

}
