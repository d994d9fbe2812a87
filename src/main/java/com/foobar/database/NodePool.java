package com.foobar.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
		catch (SQLException | RuntimeException ex) {
			this.inFlight.decrementAndGet();
			throw ex;
		}
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
	void abandon() {
		this.lent.forEach((connection) -> {
			try {
				connection.abort(Runnable::run);
			}
			catch (SQLException ex) {
				logger.debug("Abandoning a connection to {}", this.node, ex);
			}
		});
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

	/**
	 * Whether a connection was refused because the server could not be reached: the pool
	 * then names the reason as the cause. Without one, all connections are in use.
	 */
	static boolean unreachable(SQLException ex) {
		return ex instanceof SQLTransientConnectionException && ex.getCause() != null;
	}

	void evict() {
		this.pool.getHikariPoolMXBean().softEvictConnections();
	}

	@Override
	public void close() {
		this.pool.close();
	}

}
