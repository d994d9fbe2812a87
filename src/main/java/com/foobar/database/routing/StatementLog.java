package com.foobar.database.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

import com.foobar.database.server.Node;
import com.mysql.cj.MysqlConnection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the statements of one connection that are slow or fail, and a write that waited
 * for a primary, with the name of the server and the number that MySQL has given the
 * connection. MySQL's slow log and error log contain that number, and this log also the
 * id of the request. Immutable.
 *
 * <p>
 * The log contains the text of a prepared statement, but neither its parameters nor the
 * message of an error, which may contain personal data.
 *
 * @param node the name of the server
 * @param connection the number of the connection: MySQL's {@code CONNECTION_ID()}; 0 if
 * the server is not MySQL
 * @param slow a statement that takes longer is logged
 */
record StatementLog(String node, long connection, Duration slow) {

	private static final Logger logger = LoggerFactory.getLogger(StatementLog.class);

	private static final int MAX_SQL_LENGTH = 200;

	/** Creates the log of a connection. Asks the driver and not the server. */
	static StatementLog of(Node node, Connection connection, Duration slow) {
		return new StatementLog(node.name(), number(connection), slow);
	}

	// Read before the first statement, because the pool takes the driver's connection
	// away when it is lost.
	private static long number(Connection connection) {
		try {
			return connection.isWrapperFor(MysqlConnection.class) ? connection.unwrap(MysqlConnection.class).getId()
					: 0;
		}
		catch (SQLException ex) {
			return 0;
		}
	}

	/**
	 * Runs a statement, and logs it if it is slow or fails.
	 * @param sql the text of a prepared statement; null if the text may contain data
	 */
	<T extends @Nullable Object, X extends Throwable> T run(@Nullable String sql,
			ScopedValue.CallableOp<T, X> statement) throws X {
		long began = System.nanoTime();
		try {
			T result = statement.call();
			logIfSlow(sql, since(began));
			return result;
		}
		catch (Throwable ex) {
			if (ex instanceof SQLException failure && !isConstraintViolation(failure)) {
				logFailure(sql, since(began), failure);
			}
			throw ex;
		}
	}

	private static Duration since(long began) {
		return Duration.ofNanos(System.nanoTime() - began);
	}

	// A visitor causes these, for example with a username that is taken, and gets the
	// reason.
	private static boolean isConstraintViolation(SQLException ex) {
		return ex.getSQLState() != null && ex.getSQLState().startsWith("23");
	}

	private void logIfSlow(@Nullable String sql, Duration time) {
		if (time.compareTo(this.slow) > 0) {
			logger.warn("Slow statement: server={} connection={} ms={} sql={}", this.node, this.connection,
					time.toMillis(), oneLine(sql));
		}
	}

	private void logFailure(@Nullable String sql, Duration time, SQLException failure) {
		logger.warn("Failed statement: server={} connection={} ms={} error={} state={} sql={}", this.node,
				this.connection, time.toMillis(), failure.getErrorCode(), failure.getSQLState(), oneLine(sql));
	}

	/** Logs that the connection was given to a write that had waited for a primary. */
	void logWait(Duration time) {
		logger.info("Write waited for a primary: server={} connection={} ms={}", this.node, this.connection,
				time.toMillis());
	}

	private static String oneLine(@Nullable String sql) {
		String line = (sql != null) ? sql.strip().replaceAll("\\s+", " ") : "-";
		return (line.length() > MAX_SQL_LENGTH) ? line.substring(0, MAX_SQL_LENGTH) + "..." : line;
	}

}
