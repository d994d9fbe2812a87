package com.foobar.user;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * A bulkhead: lets so many work at once, and the others after them in the order they
 * came. Safe for use by many threads.
 */
class Turns {

	private final Semaphore free;

	private final Duration patience;

	Turns(PasswordProperties properties) {
		this.free = new Semaphore(properties.atOnce(), true);
		this.patience = properties.patience();
	}

	/**
	 * Waits for a turn.
	 * @throws BusyException if too many others came first
	 */
	void take() {
		try {
			if (!this.free.tryAcquire(this.patience.toNanos(), TimeUnit.NANOSECONDS)) {
				throw new BusyException(this.patience);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new BusyException(this.patience);
		}
	}

	void end() {
		this.free.release();
	}

}
