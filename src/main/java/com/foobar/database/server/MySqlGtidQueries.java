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
 * Asks a MySQL server which transactions it has executed, over two connections of its
 * own: one waits for positions, and the other is for queries that must not wait.
 *
 * <p>
 * Safe for use by several threads.
 */
final class MySqlGtidQueries implements GtidQueries {

	private static final Logger logger = LoggerFactory.getLogger(MySqlGtidQueries.class);

	private static final String QUERY = """
			SELECT @@global.gtid_executed AS executed, @@global.read_only OR @@global.super_read_only AS read_only
			""";

	private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

	private final ControlConnection queryConnection;

	private final ControlConnection waitConnection;

	private final SingleFlight<Optional<GtidSet>> executed = new SingleFlight<>(this::queryExecuted, this.executor);

	private final GtidWaiter waiter;

	MySqlGtidQueries(NodeAddress address, DatabaseProperties properties) {
		this.queryConnection = new ControlConnection(address, properties);
		this.waitConnection = new ControlConnection(address, properties);
		this.waiter = new GtidWaiter(this.waitConnection, this.executor);
	}

	@Override
	public boolean await(GtidSet position, Duration timeout) {
		return this.waiter.await(position, timeout);
	}

	@Override
	public Optional<GtidSet> executed() {
		try {
			return this.executed.call().get(Deadline.current().remaining().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			return Optional.empty();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return Optional.empty();
		}
	}

	private Optional<GtidSet> queryExecuted() {
		try {
			return this.queryConnection.query(QUERY, MySqlGtidQueries::parse);
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("The query for a server's executed GTIDs failed", ex);
			return Optional.empty();
		}
	}

	private static Optional<GtidSet> parse(ResultSet row) throws SQLException {
		return row.getBoolean("read_only") ? Optional.empty() : Optional.of(GtidSet.parse(row.getString("executed")));
	}

	@Override
	public void close() {
		this.executor.shutdownNow();
		this.waitConnection.close();
		this.queryConnection.close();
	}

}
