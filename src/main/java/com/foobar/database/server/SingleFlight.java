package com.foobar.database.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * Shares one query among all callers that need its result. A caller during a query gets
 * the result of the next one, so every result is newer than the call. At most one query
 * runs at a time.
 *
 * <p>
 * Safe for use by several threads.
 */
final class SingleFlight<T> {

	private final Supplier<T> query;

	private final Executor executor;

	private @Nullable CompletableFuture<T> next;

	private boolean running;

	SingleFlight(Supplier<T> query, Executor executor) {
		this.query = query;
		this.executor = executor;
	}

	/**
	 * Returns the result of a query that begins after this call. Never blocks. If the
	 * query throws an exception, so does the future.
	 */
	synchronized CompletableFuture<T> call() {
		CompletableFuture<T> result = (this.next != null) ? this.next : new CompletableFuture<>();
		this.next = result;
		if (!this.running) {
			this.running = true;
			this.executor.execute(this::runAll);
		}
		return result;
	}

	private void runAll() {
		CompletableFuture<T> current = takeNext();
		while (current != null) {
			current.completeAsync(this.query, Runnable::run);
			current = takeNext();
		}
	}

	private synchronized @Nullable CompletableFuture<T> takeNext() {
		CompletableFuture<T> current = this.next;
		this.next = null;
		this.running = current != null;
		return current;
	}

}
