package com.foobar.database.migration;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Watches, while a session runs a statement, who keeps it waiting. When the statement has
 * given up that cannot be asked any more.
 */
final class LockWaitMonitor implements AutoCloseable {

	// A statement that is done sooner costs no question.
	private static final Duration INTERVAL = Duration.ofMillis(200);

	private final CountDownLatch done = new CountDownLatch(1);

	private final AtomicReference<List<LockHolder>> seen = new AtomicReference<>(List.of());

	private final Thread thread;

	LockWaitMonitor(LockHolders holders, long session) {
		this.thread = Thread.ofVirtual().name("lock-watch").start(() -> watch(holders, session));
	}

	private void watch(LockHolders holders, long session) {
		try {
			while (!this.done.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
				List<LockHolder> found = holders.inTheWayOf(session);
				if (!found.isEmpty()) {
					this.seen.set(found);
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Who was seen last. */
	List<LockHolder> seen() {
		return this.seen.get();
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
