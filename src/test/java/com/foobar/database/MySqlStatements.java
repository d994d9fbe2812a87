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

/** How fixtures talk to a MySQL server, as root, and wait for what it says. */
abstract class MySqlStatements {

	public static final String PASSWORD = "only-for-tests";

	// Above the longest statement, so that none hangs a test.
	private static final Duration PATIENCE = Duration.ofSeconds(90);

	/** Keeps a server from committing anything, until the connection is closed. */
	public static Connection brake(MySQLContainer server) {
		try {
			Connection brake = connect(server, PATIENCE);
			brake.createStatement().execute("FLUSH TABLES WITH READ LOCK");
			return brake;
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The brake on " + address(server), ex);
		}
	}

	/** Begins a transaction, and leaves it open until the connection is closed. */
	public static Connection open(MySQLContainer server, String statement) {
		try {
			Connection connection = connect(server, PATIENCE);
			connection.setAutoCommit(false);
			connection.createStatement().execute(statement);
			return connection;
		}
		catch (SQLException ex) {
			throw new IllegalStateException("%s on %s".formatted(statement, address(server)), ex);
		}
	}

	public static void run(MySQLContainer server, String... statements) {
		try (Connection connection = connect(server, PATIENCE); var statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException("%s on %s".formatted(List.of(statements), address(server)), ex);
		}
	}

	public static String ask(MySQLContainer server, String query) {
		return ask(server, query, PATIENCE);
	}

	public static String ask(MySQLContainer server, String query, Duration timeout) {
		try (Connection connection = connect(server, timeout);
				var statement = connection.createStatement();
				ResultSet answer = statement.executeQuery(query)) {
			answer.next();
			return answer.getString(1);
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

	public static void catchUp(MySQLContainer replica, MySQLContainer primary) {
		String written = ask(primary, "SELECT @@global.gtid_executed");
		String timedOut = ask(replica, "SELECT WAIT_FOR_EXECUTED_GTID_SET('%s', 20)".formatted(written));
		if (!"0".equals(timedOut)) {
			throw new IllegalStateException("%s did not catch up with %s".formatted(replica, primary));
		}
	}

	/** The server that holds all transactions of all servers. */
	static MySQLContainer mostComplete(List<MySQLContainer> servers) {
		return servers.stream()
			.filter((server) -> servers.stream().allMatch((other) -> holds(server, transactions(other))))
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("Every server lacks what another one has"));
	}

	private static boolean holds(MySQLContainer server, String transactions) {
		return "1".equals(ask(server, "SELECT GTID_SUBSET('%s', '%s')".formatted(transactions, transactions(server))));
	}

	// With what it has received and not applied yet.
	private static String transactions(MySQLContainer server) {
		return ask(server, """
				SELECT CONCAT_WS(',', @@global.gtid_executed, (
				  SELECT GROUP_CONCAT(received_transaction_set)
				    FROM performance_schema.replication_connection_status))
				""");
	}

	// In the same thread, for it may be the one that initialises a fixture: another one
	// would have to wait until it has.
	static ConditionFactory await(String what) {
		return Awaitility.await(what).pollInSameThread().atMost(PATIENCE);
	}

}
