package com.foobar.database.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

import com.foobar.database.DatabaseProperties;
import com.foobar.database.NodeAddress;
import com.foobar.database.connection.MySqlUrl;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connection for the probes and GTID queries of the application to one server. It does
 * not come from a pool, because an exhausted pool or a pool of broken connections does
 * not mean that the server has failed. The connection opens when it is needed, and again
 * after a failure.
 *
 * <p>
 * Safe for use by several threads; they wait for each other.
 */
final class ControlConnection implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(ControlConnection.class);

	private final String url;

	private final Duration retryWindow;

	private final String username;

	private final String password;

	private @Nullable Connection connection;

	ControlConnection(NodeAddress address, DatabaseProperties properties) {
		DatabaseProperties.Monitor monitor = properties.monitor();
		boolean ownAccount = !monitor.username().isBlank();
		this.retryWindow = monitor.timeout().dividedBy(2);
		this.url = MySqlUrl.forControlConnection(address, properties);
		this.username = ownAccount ? monitor.username() : properties.username();
		this.password = ownAccount ? monitor.password() : properties.password();
	}

	/**
	 * Runs a query that returns exactly one row. A query that fails on an existing
	 * connection within half of {@code foobar.database.monitor.timeout} (1s) is retried
	 * once on a new one.
	 * @throws SQLException if the query fails or times out
	 */
	synchronized <T> T query(String sql, RowMapper<T> mapper, Object... parameters) throws SQLException {
		boolean isNew = this.connection == null;
		long began = System.nanoTime();
		try {
			return query(connect(), sql, mapper, parameters);
		}
		catch (SQLException ex) {
			close();
			// A healthy server closes connections that are idle for long, so the query
			// is retried. A server that hangs gets no second query.
			if (isNew || System.nanoTime() - began > this.retryWindow.toNanos()) {
				throw ex;
			}
			return query(sql, mapper, parameters);
		}
	}

	private static <T> T query(Connection connection, String sql, RowMapper<T> mapper, Object... parameters)
			throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			for (int i = 0; i < parameters.length; i++) {
				statement.setObject(i + 1, parameters[i]);
			}
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return mapper.map(row);
			}
		}
	}

	private Connection connect() throws SQLException {
		if (this.connection == null) {
			this.connection = DriverManager.getConnection(this.url, this.username, this.password);
		}
		return this.connection;
	}

	@Override
	public synchronized void close() {
		try (Connection closing = this.connection) {
			this.connection = null;
		}
		catch (SQLException ex) {
			logger.debug("Closing a connection that failed", ex);
		}
	}

	/** Maps the row of a query to a value. */
	interface RowMapper<T> {

		T map(ResultSet row) throws SQLException;

	}

}
