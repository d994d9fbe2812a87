package com.foobar.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicInteger;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The connections to one server for one kind of work. Counts who uses them or waits for
 * one, which is how a slow server is told from a quick one.
 */
final class NodePool extends DelegatingDataSource implements AutoCloseable {

	private final String node;

	private final HikariDataSource pool;

	private final AtomicInteger inFlight = new AtomicInteger();

	NodePool(String node, HikariDataSource pool) {
		super(pool);
		this.node = node;
		this.pool = pool;
	}

	@Override
	public Connection getConnection() throws SQLException {
		this.inFlight.incrementAndGet();
		try {
			return this.pool.getConnection();
		}
		catch (SQLException | RuntimeException ex) {
			released();
			throw ex;
		}
	}

	/** The name of the server. */
	String node() {
		return this.node;
	}

	void released() {
		this.inFlight.decrementAndGet();
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
