package com.foobar.database.server;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.foobar.database.topology.GtidSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until a server has executed the transactions of a position. All threads that wait
 * for the server share one connection outside of the pools. It waits for the smallest
 * position, and every result ends the wait of all threads whose position is then
 * executed.
 *
 * <p>
 * Safe for use by several threads.
 */
final class GtidWaiter {

	private static final Logger logger = LoggerFactory.getLogger(GtidWaiter.class);

	// The server measures the timeout. A timeout of 0 would mean no timeout.
	private static final String QUERY = "SELECT WAIT_FOR_EXECUTED_GTID_SET(?, ?), @@global.gtid_executed";

	// The longest time that one query waits. It is short because the smallest position
	// may never come, and threads that join meanwhile wait for other positions. A healthy
	// replica has a position sooner.
	private static final Duration SLICE = Duration.ofMillis(20);

	private final WaitQuery query;

	private final Executor executor;

	private final List<Waiter> waiters = new ArrayList<>();

	private boolean running;

	GtidWaiter(ControlConnection connection, Executor executor) {
		this((position, timeout) -> connection.query(QUERY, (row) -> GtidSet.parse(row.getString(2)),
				position.toString(), timeout.toMillis() / 1000.0), executor);
	}

	GtidWaiter(WaitQuery query, Executor executor) {
		this.query = query;
		this.executor = executor;
	}

	/**
	 * Waits until the server has executed the position.
	 * @return whether it has; false after the timeout, or if a query fails
	 */
	boolean await(GtidSet position, Duration timeout) {
		var waiter = new Waiter(position, System.nanoTime() + timeout.toNanos(), new CompletableFuture<>());
		add(waiter);
		try {
			return waiter.reached().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		finally {
			waiter.reached().complete(false);
		}
	}

	private synchronized void add(Waiter waiter) {
		this.waiters.add(waiter);
		if (!this.running) {
			this.running = true;
			this.executor.execute(this::run);
		}
	}

	private void run() {
		Optional<Waiter> next = next();
		while (next.isPresent()) {
			waitFor(next.get());
			next = next();
		}
	}

	// Most positions contain each other, so the server reaches the smallest one first.
	private synchronized Optional<Waiter> next() {
		this.waiters.removeIf((waiter) -> waiter.reached().isDone());
		Optional<Waiter> next = this.waiters.stream().min(Comparator.comparing((waiter) -> waiter.position().size()));
		this.running = next.isPresent();
		return next;
	}

	private void waitFor(Waiter waiter) {
		Duration remaining = Duration.ofNanos(waiter.deadline() - System.nanoTime());
		if (remaining.toMillis() < 1) {
			waiter.reached().complete(false);
			return;
		}
		try {
			completeReached(
					this.query.execute(waiter.position(), (remaining.compareTo(SLICE) < 0) ? remaining : SLICE));
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("The wait for a server's executed GTIDs failed", ex);
			failAll();
		}
	}

	private synchronized void completeReached(GtidSet executed) {
		this.waiters.stream()
			.filter((waiter) -> executed.contains(waiter.position()))
			.forEach((waiter) -> waiter.reached().complete(true));
	}

	private synchronized void failAll() {
		this.waiters.forEach((waiter) -> waiter.reached().complete(false));
	}

	/** Waits for a position on a server and returns what the server has executed. */
	interface WaitQuery {

		GtidSet execute(GtidSet position, Duration timeout) throws SQLException;

	}

	private record Waiter(GtidSet position, long deadline, CompletableFuture<Boolean> reached) {
	}

}
