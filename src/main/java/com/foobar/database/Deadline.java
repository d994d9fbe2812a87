package com.foobar.database;

import java.time.Duration;

/**
 * The moment from which on nobody waits for the answer to a request any more. Code that
 * serves a request binds a deadline to its work with {@link #call}. Everything in there
 * that waits or repeats asks {@link #current()} how much time is left; nested
 * transactions share it.
 *
 * <p>
 * A deadline decides whether a transaction, a statement or a commit is begun, not when it
 * is stopped: a statement that runs ends by the limits of its connection. Work that
 * nobody waits for, such as a scheduled job, has no deadline; the limits in
 * {@code foobar.database} still hold.
 *
 * <p>
 * Immutable, and so safe for several threads. It is not handed on to other threads.
 */
public final class Deadline {

	private static final ScopedValue<Deadline> CURRENT = ScopedValue.newInstance();

	// Longer than every limit, and far from the overflow of nanoTime().
	private static final Duration NONE = Duration.ofDays(1);

	private final long end;

	private Deadline(long end) {
		this.end = end;
	}

	/**
	 * A deadline that begins now. Inside another one it ends with that at the latest.
	 */
	public static Deadline after(Duration timeout) {
		return new Deadline(System.nanoTime() + current().atMost(timeout).toNanos());
	}

	/** The deadline of the work that this thread does. */
	public static Deadline current() {
		return CURRENT.isBound() ? CURRENT.get() : new Deadline(System.nanoTime() + NONE.toNanos());
	}

	/** Whether the work that this thread does has a deadline. */
	public static boolean isSet() {
		return CURRENT.isBound();
	}

	/** Refuses to begin anything more once the deadline of this thread has passed. */
	public static void requireTime() {
		if (current().hasPassed()) {
			throw new DeadlineExceededException();
		}
	}

	/** Does work under this deadline. */
	public <T, X extends Throwable> T call(ScopedValue.CallableOp<T, X> work) throws X {
		return ScopedValue.where(CURRENT, this).call(work);
	}

	/** The time that is left, zero once it has passed. */
	public Duration left() {
		return Duration.ofNanos(Math.max(0, this.end - System.nanoTime()));
	}

	/** The time that is left, or the limit if that is shorter. */
	public Duration atMost(Duration limit) {
		Duration left = left();
		return (left.compareTo(limit) < 0) ? left : limit;
	}

	public boolean hasPassed() {
		return left().isZero();
	}

}
