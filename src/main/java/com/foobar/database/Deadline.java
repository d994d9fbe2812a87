package com.foobar.database;

import java.time.Duration;

/**
 * Time after which no client waits for the response to a request any more. Code that
 * serves a request binds a deadline to its work with {@link #call}. Code in that work
 * that waits or retries asks {@link #current()} for the remaining time. Nested
 * transactions share the deadline.
 *
 * <p>
 * After the deadline no transaction, statement or commit begins. A statement that already
 * runs is not stopped; the timeouts of its connection end it. Work without a client, such
 * as a scheduled job, has no deadline; the timeouts in {@code foobar.database} still
 * apply.
 *
 * <p>
 * Immutable and safe for use by several threads. Other threads do not inherit it.
 */
public final class Deadline {

	private static final ScopedValue<Deadline> CURRENT = ScopedValue.newInstance();

	// Longer than every timeout, and far from an overflow of nanoTime().
	private static final Duration NONE = Duration.ofDays(1);

	private final long end;

	private Deadline(long end) {
		this.end = end;
	}

	/**
	 * Creates a deadline that ends after the timeout, or with the current deadline if
	 * that ends earlier.
	 */
	public static Deadline after(Duration timeout) {
		return new Deadline(System.nanoTime() + current().atMost(timeout).toNanos());
	}

	/** Returns the deadline of this thread; one day from now if it has none. */
	public static Deadline current() {
		return CURRENT.isBound() ? CURRENT.get() : new Deadline(System.nanoTime() + NONE.toNanos());
	}

	/** Whether this thread has a deadline. */
	public static boolean isSet() {
		return CURRENT.isBound();
	}

	/**
	 * Checks that the deadline of this thread has not passed.
	 * @throws DeadlineExceededException if it has passed
	 */
	public static void requireNotPassed() {
		if (current().hasPassed()) {
			throw new DeadlineExceededException();
		}
	}

	/** Runs the work with this deadline bound to the thread. */
	public <T, X extends Throwable> T call(ScopedValue.CallableOp<T, X> work) throws X {
		return ScopedValue.where(CURRENT, this).call(work);
	}

	/** Returns the remaining time; zero after the deadline. */
	public Duration remaining() {
		return Duration.ofNanos(Math.max(0, this.end - System.nanoTime()));
	}

	/** Returns the remaining time, or the limit if that is shorter. */
	public Duration atMost(Duration limit) {
		Duration remaining = remaining();
		return (remaining.compareTo(limit) < 0) ? remaining : limit;
	}

	/** Whether no time remains. */
	public boolean hasPassed() {
		return remaining().isZero();
	}

}
