package com.foobar.web.limit;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import com.foobar.database.Deadline;

/**
 * Lets at most so many do something at once. The others wait in the order in which they
 * came, for so long at most, and never beyond the {@link Deadline} of their request. Safe
 * for use by many threads.
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
			Duration patience = Deadline.current().atMost(this.patience);
			return this.permits.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
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
