package com.foobar.web;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Lets at most so many do something at once; the others wait, for so long at most, in the
 * order in which they came. Safe for use by many threads.
 */
public final class Bulkhead {

	private final Semaphore permits;

	private final Duration patience;

	public Bulkhead(int permits, Duration patience) {
		this.permits = new Semaphore(permits, true);
		this.patience = patience;
	}

	/**
	 * Waits for a permit, which the caller then has to {@link #leave() give back}.
	 * @return whether there was one in time
	 */
	public boolean tryEnter() {
		try {
			return this.permits.tryAcquire(this.patience.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	public void leave() {
		this.permits.release();
	}

}
