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

/** Base class of fixtures: runs statements on a MySQL server as root. */
abstract class MySqlStatements {

	public static final String PASSWORD = "only-for-tests";

	// Longer than the longest statement, so that no statement hangs a test.
	private static final Duration TIMEOUT = Duration.ofSeconds(90);

	/** Blocks all commits on a server until the returned connection is closed. */
	public static Connection blockCommits(MySQLContainer server) {
		try {
			Connection connection = connect(server, TIMEOUT);
			connection.createStatement().execute("FLUSH TABLES WITH READ LOCK");
			return connection;
		}
		catch (SQLException ex) {
			throw new IllegalStateException("FLUSH TABLES WITH READ LOCK on " + address(server), ex);
		}
	}

	/** Begins a transaction that stays open until the returned connection is closed. */
	public static Connection open(MySQLContainer server, String statement) {
		try {
			Connection connection = connect(server, TIMEOUT);
			connection.setAutoCommit(false);
			connection.createStatement().execute(statement);
			return connection;
		}
		catch (SQLException ex) {
			throw new IllegalStateException("%s on %s".formatted(statement, address(server)), ex);
		}
	}

	public static void run(MySQLContainer server, String... statements) {
		try (Connection connection = connect(server, TIMEOUT); var statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException("%s on %s".formatted(List.of(statements), address(server)), ex);
		}
	}

	public static String ask(MySQLContainer server, String query) {
		return ask(server, query, TIMEOUT);
	}

	public static String ask(MySQLContainer server, String query, Duration timeout) {
		try (Connection connection = connect(server, timeout);
				var statement = connection.createStatement();
				ResultSet result = statement.executeQuery(query)) {
			result.next();
			return result.getString(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("%s on %s".formatted(query, address(server)), ex);
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

	public static void awaitReplica(MySQLContainer replica, MySQLContainer primary) {
		String written = ask(primary, "SELECT @@global.gtid_executed");
		String timedOut = ask(replica, "SELECT WAIT_FOR_EXECUTED_GTID_SET('%s', 20)".formatted(written));
		if (!"0".equals(timedOut)) {
			throw new IllegalStateException("%s did not catch up with %s".formatted(replica, primary));
		}
	}

	/** Returns the server that has all transactions of all servers. */
	static MySQLContainer mostComplete(List<MySQLContainer> servers) {
		return servers.stream()
			.filter((server) -> servers.stream().allMatch((other) -> hasAll(server, transactions(other))))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("Every server lacks transactions of another one"));
	}

	private static boolean hasAll(MySQLContainer server, String transactions) {
		return "1".equals(ask(server, "SELECT GTID_SUBSET('%s', '%s')".formatted(transactions, transactions(server))));
	}

	// Includes the transactions that the server has received but not yet applied.
	private static String transactions(MySQLContainer server) {
		return ask(server, """
				SELECT CONCAT_WS(',', @@global.gtid_executed, (
				  SELECT GROUP_CONCAT(received_transaction_set)
				    FROM performance_schema.replication_connection_status))
				""");
	}

	// Polls in the same thread, because this thread may be in the static initializer of a
	// fixture, and another thread would wait for that initializer.
	static ConditionFactory await(String what) {
		return Awaitility.await(what).pollInSameThread().atMost(TIMEOUT);
	}

}
