package com.foobar.database.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Pool of connections to one server. Safe for use by several threads. */
interface ConnectionPool extends AutoCloseable {

	/**
	 * Returns an idle connection, or opens a new one.
	 * @throws java.sql.SQLTransientConnectionException if there is none within
	 * {@link #timeout()}
	 */
	Connection getConnection() throws SQLException;

	/** Returns the maximum number of connections. */
	int size();

	/** Returns the longest time that a caller waits for a connection. */
	Duration timeout();

	/** Whether the connections are set to refuse writes. */
	boolean isReadOnly();

	/** Closes every current connection as soon as it is idle. */
	void evict();

	@Override
	void close();

}
