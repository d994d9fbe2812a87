package com.foobar.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.testcontainers.containers.Network;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.mysql.MySQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Two real MySQL servers, the second replicating from the first by GTID. Started once for
 * all tests; points a context that is initialised with it at the pair. Whoever changes a
 * role puts it back.
 */
public class MySqlPair implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	private static final String PASSWORD = "only-for-tests";

	private static final Network network = Network.newNetwork();

	static final MySQLContainer first = server(1);

	static final MySQLContainer second = server(2);

	static {
		Startables.deepStart(first, second).join();
		createAccounts();
		follow(second, first);
	}

	private static MySQLContainer server(int id) {
		String image = System.getenv().getOrDefault("FOOBAR_TEST_MYSQL_IMAGE", "mysql:9.7");
		return new MySQLContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("mysql"))
			.withDatabaseName("foobar")
			.withUsername("root")
			.withPassword(PASSWORD)
			.withNetwork(network)
			.withNetworkAliases("node-" + id)
			.withCommand("--server-id=" + id, "--gtid-mode=ON", "--enforce-gtid-consistency=ON",
					"--sql-require-primary-key=ON");
	}

	// As on servers: the site's account changes rows and nothing else, the monitor only
	// looks.
	private static void createAccounts() {
		run(first, "CREATE USER site@'%%' IDENTIFIED BY '%s'".formatted(PASSWORD),
				"GRANT SELECT, INSERT, UPDATE, DELETE ON foobar.* TO site@'%'",
				"CREATE USER monitor@'%%' IDENTIFIED BY '%s'".formatted(PASSWORD),
				"GRANT SELECT ON performance_schema.* TO monitor@'%'");
	}

	/** Makes one server a replica of the other, which from then on accepts writes. */
	static void follow(MySQLContainer replica, MySQLContainer primary) {
		run(replica, "SET GLOBAL super_read_only = ON", "STOP REPLICA", """
				CHANGE REPLICATION SOURCE TO SOURCE_HOST = '%s', SOURCE_USER = 'root', SOURCE_PASSWORD = '%s',
				  SOURCE_AUTO_POSITION = 1, SOURCE_SSL = 1, SOURCE_CONNECT_RETRY = 1
				""".formatted(primary.getNetworkAliases().getLast(), PASSWORD));
		run(primary, "STOP REPLICA", "RESET REPLICA ALL", "SET GLOBAL super_read_only = OFF",
				"SET GLOBAL read_only = OFF");
		run(replica, "START REPLICA");
		catchUp(replica, primary);
	}

	/** Returns when the second server holds what was written to the first until now. */
	public static void catchUp() {
		catchUp(second, first);
	}

	private static void catchUp(MySQLContainer replica, MySQLContainer primary) {
		String written = ask(primary, "SELECT @@global.gtid_executed");
		String timedOut = ask(replica, "SELECT WAIT_FOR_EXECUTED_GTID_SET('%s', 20)".formatted(written));
		if (!"0".equals(timedOut)) {
			throw new IllegalStateException("%s did not catch up with %s".formatted(replica, primary));
		}
	}

	static void run(MySQLContainer server, String... statements) {
		try (Connection connection = connect(server); var statement = connection.createStatement()) {
			for (String sql : statements) {
				statement.execute(sql);
			}
		}
		catch (SQLException ex) {
			throw new IllegalStateException("%s on %s".formatted(List.of(statements), server), ex);
		}
	}

	static String ask(MySQLContainer server, String query) {
		try (Connection connection = connect(server);
				var statement = connection.createStatement();
				ResultSet answer = statement.executeQuery(query)) {
			answer.next();
			return answer.getString(1);
		}
		catch (SQLException ex) {
			throw new IllegalStateException("%s on %s".formatted(query, server), ex);
		}
	}

	private static Connection connect(MySQLContainer server) throws SQLException {
		return DriverManager.getConnection(url(server), "root", PASSWORD);
	}

	private static String url(MySQLContainer server) {
		return "jdbc:mysql://%s/foobar?sslMode=REQUIRED".formatted(address(server));
	}

	static String address(MySQLContainer server) {
		return server.getHost() + ":" + server.getMappedPort(3306);
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		TestPropertyValues
			.of("foobar.database.nodes=" + address(first) + "," + address(second), "foobar.database.username=site",
					"foobar.database.password=" + PASSWORD, "foobar.database.monitor.username=monitor",
					"foobar.database.monitor.password=" + PASSWORD,
					"foobar.token.key=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", "spring.flyway.url=" + url(first),
					"spring.flyway.user=root", "spring.flyway.password=" + PASSWORD)
			.applyTo(context);
	}

}
