package com.foobar.database.server;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for the state of a stub. */
final class TimedWait {

	private TimedWait() {
	}

	/**
	 * Waits until a condition holds, and returns whether it does. The caller holds the
	 * monitor, which is notified after each change.
	 * @param timeout the longest wait
	 */
	static boolean await(Object monitor, BooleanSupplier condition, Duration timeout) {
		long end = System.nanoTime() + timeout.toNanos();
		while (!condition.getAsBoolean()) {
			long remaining = end - System.nanoTime();
			if (remaining <= 0) {
				return false;
			}
			try {
				TimeUnit.NANOSECONDS.timedWait(monitor, remaining);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}
		return true;
	}

}
