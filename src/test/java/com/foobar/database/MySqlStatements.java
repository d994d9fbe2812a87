package com.foobar.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.testcontainers.mysql.MySQLContainer;

/** Base class of fixtures that runs statements on a MySQL server as root. */
abstract class MySqlStatements {

	public static final String PASSWORD = "only-for-tests";

	// No statement takes this long. The timeout keeps a statement from hanging a test.
	private static final Duration TIMEOUT = Duration.ofSeconds(90);

	/** Blocks all commits on a server until the returned connection is closed. */
	public static Connection blockCommits(MySQLContainer server) {
		try {
			Connection connection = connect(server, TIMEOUT);
			connection.createStatement().execute("FLUSH TABLES WITH READ LOCK");
			return connection;
		}
		catch (SQLException ex) {
			throw new IllegalStateException("FLUSH TABLES WITH READ LOCK failed on " + address(server), ex);
		}
	}

	/**
	 * Runs a statement in a transaction that stays open until the returned connection is
	 * closed.
	 */
	public static Connection beginTransaction(MySQLContainer server, String statement) {
		try {
			Connection connection = connect(server, TIMEOUT);
			connection.setAutoCommit(false);
			connection.createStatement().execute(statement);
			return connection;
		}
		catch (SQLException ex) {
			throw new IllegalStateException("%s failed on %s".formatted(statement, address(server)), ex);
		}
	}

	/** Runs the statements in one session. */
	public static void run(MySQLContainer server, String... statements) {
		try (Connection connection = connect(server, TIMEOUT); var statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException("%s failed on %s".formatted(List.of(statements), address(server)), ex);
		}
	}

	/** Returns the first column of the first row of the query's result. */
	public static String query(MySQLContainer server, String query) {
		return query(server, query, TIMEOUT);
	}

	/**
	 * Returns the first column of the first row of the query's result. The timeout
	 * applies to the connection and to the query.
	 */
	public static String query(MySQLContainer server, String query, Duration timeout) {
		try (Connection connection = connect(server, timeout);
				var statement = connection.createStatement();
				ResultSet result = statement.executeQuery(query)) {
			result.next();
			return result.getString(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("%s failed on %s".formatted(query, address(server)), ex);
		}
	}

	private static Connection connect(MySQLContainer server, Duration timeout) throws SQLException {
		String url = "%s&connectTimeout=%d&socketTimeout=%2$d".formatted(url(server), timeout.toMillis());
		return DriverManager.getConnection(url, "root", PASSWORD);
	}

	public static String url(MySQLContainer server) {
		return "jdbc:mysql://%s/foobar?sslMode=REQUIRED".formatted(address(server));
	}

	public static String address(MySQLContainer server) {
		return server.getHost() + ":" + server.getMappedPort(MySQLContainer.MYSQL_PORT);
	}

	/**
	 * Waits at most 20 s until the replica has applied everything that was written to the
	 * primary before this call. Throws an {@link IllegalStateException} if it has not.
	 */
	public static void awaitReplica(MySQLContainer replica, MySQLContainer primary) {
		String written = query(primary, "SELECT @@global.gtid_executed");
		String timedOut = query(replica, "SELECT WAIT_FOR_EXECUTED_GTID_SET('%s', 20)".formatted(written));
		if (!"0".equals(timedOut)) {
			throw new IllegalStateException("%s has not applied all transactions of %s within 20 s"
				.formatted(address(replica), address(primary)));
		}
	}

	/** Returns the server that has the transactions of all servers. */
	static MySQLContainer mostComplete(List<MySQLContainer> servers) {
		return servers.stream()
			.filter((server) -> servers.stream().allMatch((other) -> hasAll(server, transactions(other))))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("Every server lacks a transaction of another server"));
	}

	private static boolean hasAll(MySQLContainer server, String transactions) {
		return "1"
			.equals(query(server, "SELECT GTID_SUBSET('%s', '%s')".formatted(transactions, transactions(server))));
	}

	// Includes the transactions that the server has received and not yet applied.
	private static String transactions(MySQLContainer server) {
		return query(server, """
				SELECT CONCAT_WS(',', @@global.gtid_executed, (
				  SELECT GROUP_CONCAT(received_transaction_set)
				    FROM performance_schema.replication_connection_status))
				""");
	}

	// Polls in the calling thread, because that thread may run the static initializer of
	// a fixture, and any other thread would wait for the end of that initializer.
	static ConditionFactory await(String what) {
		return Awaitility.await(what).pollInSameThread().atMost(TIMEOUT);
	}

}
