package com.foobar.database;

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

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits until a server has executed a position. All who wait for that server share one
 * connection, which is none of the pool's: it waits for the position that is nearest and
 * lets go everybody whose position has come by then.
 */
final class CatchUp implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(CatchUp.class);

	// The clock of the wait is the server's. A wait of nought would never end.
	private static final String QUESTION = "SELECT WAIT_FOR_EXECUTED_GTID_SET(?, ?), @@global.gtid_executed";

	private final OwnConnection connection;

	private final Executor executor;

	// How long one question may take, below what the connection allows an answer.
	private final Duration longest;

	private final List<Waiter> waiting = new ArrayList<>();

	private boolean working;

	/**
	 * Creates a wait for one server.
	 * @param longest how long the connection lets a question go unanswered
	 */
	CatchUp(OwnConnection connection, Executor executor, Duration longest) {
		this.connection = connection;
		this.executor = executor;
		this.longest = longest.dividedBy(2);
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
			double seconds = ((left.compareTo(this.longest) < 0) ? left : this.longest).toMillis() / 1000.0;
			letGo(this.connection.ask(QUESTION, (row) -> row.getString(2), waiter.position().toString(), seconds));
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("A server does not tell when it has caught up", ex);
			giveUp();
		}
	}

	private synchronized void letGo(String executed) {
		GtidSet has = GtidSet.parse(executed);
		this.waiting.stream()
			.filter((waiter) -> has.contains(waiter.position()))
			.forEach((waiter) -> waiter.arrived().complete(true));
	}

	private synchronized void giveUp() {
		this.waiting.forEach((waiter) -> waiter.arrived().complete(false));
	}

	@Override
	public void close() {
		this.connection.close();
	}

	private record Waiter(GtidSet position, long deadline, CompletableFuture<Boolean> arrived) {
	}

}
