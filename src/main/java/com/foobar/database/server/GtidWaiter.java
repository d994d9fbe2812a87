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
 * Waits until a server has executed a position. All who wait for that server share one
 * connection, which is none of the pool's: it waits for the position that is nearest and
 * lets go everybody whose position has come by then. Safe for several threads.
 */
final class GtidWaiter {

	private static final Logger logger = LoggerFactory.getLogger(GtidWaiter.class);

	// The clock of the wait is the server's. A wait of nought would never end.
	private static final String QUESTION = "SELECT WAIT_FOR_EXECUTED_GTID_SET(?, ?), @@global.gtid_executed";

	// The longest that one question waits: the nearest position may never come, and who
	// joins meanwhile waits for another. Replicas that are well have it sooner.
	private static final Duration SLICE = Duration.ofMillis(20);

	private final Question question;

	private final Executor executor;

	private final List<Waiter> waiting = new ArrayList<>();

	private boolean working;

	GtidWaiter(ControlConnection connection, Executor executor) {
		this((position, timeout) -> connection.ask(QUESTION, (row) -> GtidSet.parse(row.getString(2)),
				position.toString(), timeout.toMillis() / 1000.0), executor);
	}

	GtidWaiter(Question question, Executor executor) {
		this.question = question;
		this.executor = executor;
	}

	/** Whether the server had the position before patience ended. */
	boolean await(GtidSet position, Duration patience) {
		var waiter = new Waiter(position, System.nanoTime() + patience.toNanos(), new CompletableFuture<>());
		join(waiter);
		try {
			return waiter.arrived().get(patience.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
		finally {
			waiter.arrived().complete(false);
		}
	}

	private synchronized void join(Waiter waiter) {
		this.waiting.add(waiter);
		if (!this.working) {
			this.working = true;
			this.executor.execute(this::work);
		}
	}

	private void work() {
		Optional<Waiter> next = next();
		while (next.isPresent()) {
			waitFor(next.get());
			next = next();
		}
	}

	// Positions mostly contain each other, so the smallest one comes first.
	private synchronized Optional<Waiter> next() {
		this.waiting.removeIf((waiter) -> waiter.arrived().isDone());
		Optional<Waiter> next = this.waiting.stream().min(Comparator.comparing((waiter) -> waiter.position().size()));
		this.working = next.isPresent();
		return next;
	}

	private void waitFor(Waiter waiter) {
		Duration left = Duration.ofNanos(waiter.deadline() - System.nanoTime());
		if (left.toMillis() < 1) {
			waiter.arrived().complete(false);
			return;
		}
		try {
			letGo(this.question.ask(waiter.position(), (left.compareTo(SLICE) < 0) ? left : SLICE));
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("A server does not tell when it has caught up", ex);
			giveUp();
		}
	}

	private synchronized void letGo(GtidSet has) {
		this.waiting.stream()
			.filter((waiter) -> has.contains(waiter.position()))
			.forEach((waiter) -> waiter.arrived().complete(true));
	}

	private synchronized void giveUp() {
		this.waiting.forEach((waiter) -> waiter.arrived().complete(false));
	}

	/** Waits for a position on a server, and tells what that has executed. */
	interface Question {

		GtidSet ask(GtidSet position, Duration timeout) throws SQLException;

	}

	private record Waiter(GtidSet position, long deadline, CompletableFuture<Boolean> arrived) {
	}

}
