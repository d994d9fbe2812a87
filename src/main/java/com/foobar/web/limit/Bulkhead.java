package com.foobar.web.limit;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import com.foobar.database.Deadline;

/**
 * Limits how many threads do something at once. Other threads wait for a permit in the
 * order of their arrival, at most for the constructor's {@code maxWait} and not beyond
 * the {@link Deadline} of their request. Safe for use by several threads.
 */
public final class Bulkhead {

	private final Semaphore permits;

	private final Duration maxWait;

	/**
	 * Creates a bulkhead.
	 * @param permits how many threads may hold a permit at once
	 * @param maxWait the longest wait for a permit
	 */
	public Bulkhead(int permits, Duration maxWait) {
		this.permits = new Semaphore(permits, true);
		this.maxWait = maxWait;
	}

	/**
	 * Waits for a permit, which the caller must {@link #release() release}.
	 * @return whether the caller has a permit; false if the wait was too long or the
	 * thread was interrupted
	 */
	public boolean tryAcquire() {
		try {
			Duration wait = Deadline.current().atMost(this.maxWait);
			return this.permits.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** Releases a permit. */
	public void release() {
		this.permits.release();
	}

}
