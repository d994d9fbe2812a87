package com.foobar.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The connections to one server for one kind of work. Counts who uses them or waits for
 * one, which is how a slow server is told from a quick one.
 */
final class NodePool extends DelegatingDataSource implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(NodePool.class);

	// ER_CON_COUNT_ERROR, ER_TOO_MANY_USER_CONNECTIONS and ER_USER_LIMIT_REACHED.
	private static final Set<Integer> TOO_MANY = Set.of(1040, 1203, 1226);

	private final String node;

	private final HikariDataSource pool;

	private final AtomicInteger inFlight = new AtomicInteger();

	private final Set<Connection> lent = ConcurrentHashMap.newKeySet();

	NodePool(String node, HikariDataSource pool) {
		super(pool);
		this.node = node;
		this.pool = pool;
	}

	@Override
	public Connection getConnection() throws SQLException {
		this.inFlight.incrementAndGet();
		try {
			Connection connection = this.pool.getConnection();
			this.lent.add(connection);
			return connection;
		}
		catch (SQLTransientConnectionException ex) {
			this.inFlight.decrementAndGet();
			throw isExhausted(ex) ? ex : new UnreachableException(ex);
		}
		catch (SQLException | RuntimeException ex) {
			this.inFlight.decrementAndGet();
			throw ex;
		}
	}

	// With all connections in use, the server is not to blame; nor is it when it has more
	// of them than it allows.
	private boolean isExhausted(SQLException ex) {
		return ex.getCause() instanceof SQLException cause && TOO_MANY.contains(cause.getErrorCode())
				|| this.pool.getHikariPoolMXBean().getActiveConnections() >= this.pool.getMaximumPoolSize();
	}

	/** The name of the server. */
	String node() {
		return this.node;
	}

	/** Takes note that a connection is about to go back. */
	void returned(Connection connection) {
		this.lent.remove(connection);
		this.inFlight.decrementAndGet();
	}

	/**
	 * Cuts off whoever waits for an answer of a server that has none to give. They learn
	 * at once what they would only learn when the connection times out.
	 */
	void abandon(Executor executor) {
		// Each by itself: closing one that is in the middle of sending can take long.
		this.lent.forEach((connection) -> executor.execute(() -> abort(connection)));
	}

	private void abort(Connection connection) {
		try {
			connection.abort(Runnable::run);
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("Abandoning a connection to {}", this.node, ex);
		}
	}

	int inFlight() {
		return this.inFlight.get();
	}

	/** Whether one more would find a connection without waiting. */
	boolean hasRoom() {
		return inFlight() < this.pool.getMaximumPoolSize();
	}

	boolean isReadOnly() {
		return this.pool.isReadOnly();
	}

	void evict() {
		this.pool.getHikariPoolMXBean().softEvictConnections();
	}

	@Override
	public void close() {
		this.pool.close();
	}

}
