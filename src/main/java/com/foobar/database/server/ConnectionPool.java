package com.foobar.database.server;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/** Connections that are opened once and used again. Safe for several threads. */
interface ConnectionPool extends AutoCloseable {

	/**
	 * A connection that is free, or a new one.
	 * @throws java.sql.SQLTransientConnectionException if there is none within the
	 * timeout
	 */
	Connection getConnection() throws SQLException;

	/** The maximum number of connections. */
	int size();

	/** The maximum time that one waits for a connection. */
	Duration timeout();

	/** Whether the connections are preset to refuse writes. */
	boolean isReadOnly();

	/** Closes each connection as soon as nobody uses it. */
	void evict();

	@Override
	void close();

}
