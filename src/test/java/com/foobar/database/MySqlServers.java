package com.foobar.database;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.testcontainers.mysql.MySQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Base class of fixtures with several MySQL servers. It creates the servers and causes
 * faults. A restarted server keeps its data and its address.
 */
public abstract class MySqlServers extends MySqlStatements
		implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	/**
	 * Returns a server with GTIDs and a fixed port. The server is not started yet. The
	 * environment variable FOOBAR_TEST_MYSQL_IMAGE replaces its image.
	 */
	public static MySQLContainer server(int id, String... options) {
		String image = System.getenv().getOrDefault("FOOBAR_TEST_MYSQL_IMAGE", "mysql:9.7");
		Stream<String> settings = Stream.of("--server-id=" + id, "--gtid-mode=ON", "--enforce-gtid-consistency=ON",
				"--sql-require-primary-key=ON");
		var server = new MySQLContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("mysql"))
			.withDatabaseName("foobar")
			.withUsername("root")
			.withPassword(PASSWORD)
			.withCommand(Stream.concat(settings, Stream.of(options)).toArray(String[]::new));
		// The port is fixed, because Docker would choose a new port at each start.
		server.setPortBindings(List.of(freePort() + ":" + MySQLContainer.MYSQL_PORT));
		return server;
	}

	// Returns a free port below the ephemeral ports, because an outgoing connection could
	// take an ephemeral port while the server is down.
	public static int freePort() {
		int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
		try (var socket = new ServerSocket(port)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			return freePort();
		}
	}

	// Grants the same rights as in production: the site's account only reads and changes
	// rows, and the monitor's account only reads the state of the server.
	public static void createAccounts(MySQLContainer server) {
		run(server, "CREATE USER site@'%%' IDENTIFIED BY '%s'".formatted(PASSWORD),
				"GRANT SELECT, INSERT, UPDATE, DELETE ON foobar.* TO site@'%'",
				"CREATE USER monitor@'%%' IDENTIFIED BY '%s'".formatted(PASSWORD));
		for (String table : List.of("global_variables", "replication_applier_status", "replication_connection_status",
				"replication_group_members")) {
			run(server, "GRANT SELECT ON performance_schema.%s TO monitor@'%%'".formatted(table));
		}
	}

	/** Kills the server with SIGKILL. */
	public static void kill(MySQLContainer server) {
		server.getDockerClient().killContainerCmd(server.getContainerId()).exec();
	}

	/**
	 * Starts servers that were killed and waits at most 90 s for each until it answers a
	 * query.
	 */
	public static void restart(MySQLContainer... servers) {
		for (MySQLContainer server : servers) {
			server.getDockerClient().startContainerCmd(server.getContainerId()).exec();
		}
		for (MySQLContainer server : servers) {
			await(address(server) + " answers a query").ignoreExceptions()
				.until(() -> query(server, "SELECT 1"), "1"::equals);
		}
	}

	/**
	 * Pauses every thread of the server. Its connections stay open, but it does not
	 * answer.
	 */
	public static void freeze(MySQLContainer server) {
		server.getDockerClient().pauseContainerCmd(server.getContainerId()).exec();
	}

	/** Resumes every thread of a frozen server. */
	public static void thaw(MySQLContainer server) {
		server.getDockerClient().unpauseContainerCmd(server.getContainerId()).exec();
	}

	static boolean isRunning(MySQLContainer server) {
		return Boolean.TRUE.equals(server.getCurrentContainerInfo().getState().getRunning());
	}

	static boolean isFrozen(MySQLContainer server) {
		return Boolean.TRUE.equals(server.getCurrentContainerInfo().getState().getPaused());
	}

	/**
	 * Sets the settings of a context to the servers, and to the primary for the
	 * migration.
	 */
	public static void applySettings(ConfigurableApplicationContext context, List<MySQLContainer> servers,
			MySQLContainer primary) {
		TestPropertyValues.of(settings(servers, primary)).applyTo(context);
	}

	/**
	 * Returns the settings with the addresses of the servers and with the primary for the
	 * migration.
	 */
	public static List<String> settings(List<MySQLContainer> servers, MySQLContainer primary) {
		String nodes = servers.stream().map(MySqlServers::address).collect(Collectors.joining(","));
		return List.of("foobar.database.nodes=" + nodes, "foobar.database.username=site",
				"foobar.database.password=" + PASSWORD, "foobar.database.monitor.username=monitor",
				"foobar.database.monitor.password=" + PASSWORD,
				"foobar.token.key=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", "spring.flyway.url=" + url(primary),
				"spring.flyway.user=root", "spring.flyway.password=" + PASSWORD);
	}

}
