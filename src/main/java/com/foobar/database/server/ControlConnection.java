package com.foobar.database.server;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

import com.foobar.database.DatabaseProperties;
import com.foobar.database.NodeAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection for the router's own questions to one server. Not from a pool: a pool that
 * is exhausted or full of broken connections says nothing about the server. Opened when
 * it is needed, and again after a failure.
 */
final class ControlConnection implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(ControlConnection.class);

	private final String url;

	private final Duration patience;

	private final String username;

	private final String password;

	private @Nullable Connection connection;

	ControlConnection(NodeAddress address, DatabaseProperties properties) {
		DatabaseProperties.Monitor monitor = properties.monitor();
		boolean own = !monitor.username().isBlank();
		this.patience = monitor.timeout().dividedBy(2);
		this.url = MySqlUrl.forQuestions(address, properties);
		this.username = own ? monitor.username() : properties.username();
		this.password = own ? monitor.password() : properties.password();
	}

	/**
	 * Asks a question that has exactly one row for an answer.
	 * @throws SQLException if the server does not answer, or not in time
	 */
	synchronized <T> T ask(String question, Answer<T> answer, Object... parameters) throws SQLException {
		boolean fresh = this.connection == null;
		long began = System.nanoTime();
		try {
			return ask(connect(), question, answer, parameters);
		}
		catch (SQLException ex) {
			close();
			// A server closes connections that are idle for long, which says nothing
			// against it. One that hangs is not asked twice.
			if (fresh || System.nanoTime() - began > this.patience.toNanos()) {
				throw ex;
			}
			return ask(question, answer, parameters);
		}
	}

	private static <T> T ask(Connection connection, String question, Answer<T> answer, Object... parameters)
			throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(question)) {
			for (int i = 0; i < parameters.length; i++) {
				statement.setObject(i + 1, parameters[i]);
			}
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				return answer.read(row);
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

	/** Reads what is needed of a row. */
	interface Answer<T> {

		T read(ResultSet row) throws SQLException;

	}

}
