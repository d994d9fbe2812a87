package com.foobar.database.migration;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Records which sessions block a statement while it runs, because the server no longer
 * knows them after the statement has failed. A thread queries them every 200 ms until the
 * monitor is closed. Closing waits for a query that is under way. Safe for use by several
 * threads.
 */
final class LockWaitMonitor implements AutoCloseable {

	// A statement that ends sooner costs no query.
	private static final Duration INTERVAL = Duration.ofMillis(200);

	private final CountDownLatch done = new CountDownLatch(1);

	private final AtomicReference<List<LockHolder>> blockers = new AtomicReference<>(List.of());

	private final Thread thread;

	LockWaitMonitor(LockHolders holders, long session) {
		this.thread = Thread.ofVirtual().name("lock-wait-monitor").start(() -> poll(holders, session));
	}

	private void poll(LockHolders holders, long session) {
		try {
			while (!this.done.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
				List<LockHolder> found = holders.blockersOf(session);
				if (!found.isEmpty()) {
					this.blockers.set(found);
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Returns the sessions that blocked the statement when a query last found any. */
	List<LockHolder> blockers() {
		return this.blockers.get();
	}

	@Override
	public void close() {
		this.done.countDown();
		try {
			this.thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
