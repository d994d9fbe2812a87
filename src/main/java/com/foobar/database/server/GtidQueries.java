package com.foobar.database.server;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.foobar.database.DatabaseProperties;
import com.foobar.database.Deadline;
import com.foobar.database.NodeAddress;
import com.foobar.database.topology.GtidSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a MySQL server for its position, over two connections of its own: one waits, the
 * other must not.
 */
final class GtidQueries implements Node.Questions {

	private static final Logger logger = LoggerFactory.getLogger(GtidQueries.class);

	private static final String QUESTION = """
			SELECT @@global.gtid_executed AS executed, @@global.read_only OR @@global.super_read_only AS read_only
			""";

	private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

	private final ControlConnection connection;

	private final ControlConnection waiting;

	private final SingleFlight<Optional<GtidSet>> executed = new SingleFlight<>(this::question, this.executor);

	private final GtidWaiter catchUp;

	GtidQueries(NodeAddress address, DatabaseProperties properties) {
		this.connection = new ControlConnection(address, properties);
		this.waiting = new ControlConnection(address, properties);
		this.catchUp = new GtidWaiter(this.waiting, this.executor);
	}

	@Override
	public boolean await(GtidSet position, Duration patience) {
		return this.catchUp.await(position, patience);
	}

	@Override
	public Optional<GtidSet> executed() {
		try {
			return this.executed.ask().get(Deadline.current().left().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			return Optional.empty();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Optional.empty();
		}
	}

	private Optional<GtidSet> question() {
		try {
			return this.connection.ask(QUESTION, GtidQueries::answer);
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("A server does not tell its position", ex);
			return Optional.empty();
		}
	}

	private static Optional<GtidSet> answer(ResultSet row) throws SQLException {
		return row.getBoolean("read_only") ? Optional.empty() : Optional.of(GtidSet.parse(row.getString("executed")));
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
		this.waiting.close();
		this.connection.close();
	}

}
