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
 * How fixtures of several MySQL servers make one and break it. A server that comes back
 * has kept its data and its address.
 */
public abstract class MySqlServers extends MySqlStatements
		implements ApplicationContextInitializer<ConfigurableApplicationContext> {

	public static MySQLContainer server(int id, String... options) {
		String image = System.getenv().getOrDefault("FOOBAR_TEST_MYSQL_IMAGE", "mysql:9.7");
		Stream<String> settings = Stream.of("--server-id=" + id, "--gtid-mode=ON", "--enforce-gtid-consistency=ON",
				"--sql-require-primary-key=ON");
		var server = new MySQLContainer(DockerImageName.parse(image).asCompatibleSubstituteFor("mysql"))
			.withDatabaseName("foobar")
			.withUsername("root")
			.withPassword(PASSWORD)
			.withCommand(Stream.concat(settings, Stream.of(options)).toArray(String[]::new));
		// Docker would choose another port each time it starts the server.
		server.setPortBindings(List.of(freePort() + ":" + MySQLContainer.MYSQL_PORT));
		return server;
	}

	// Below the ports that connections leave from: one of those could take it while the
	// server is down.
	static int freePort() {
		int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
		try (var socket = new ServerSocket(port)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			return freePort();
		}
	}

	// As on servers: the site's account changes rows and nothing else, the monitor only
	// looks.
	static void createAccounts(MySQLContainer server) {
		run(server, "CREATE USER site@'%%' IDENTIFIED BY '%s'".formatted(PASSWORD),
				"GRANT SELECT, INSERT, UPDATE, DELETE ON foobar.* TO site@'%'",
				"CREATE USER monitor@'%%' IDENTIFIED BY '%s'".formatted(PASSWORD));
		for (String table : List.of("global_variables", "replication_applier_status", "replication_connection_status",
				"replication_group_members")) {
			run(server, "GRANT SELECT ON performance_schema.%s TO monitor@'%%'".formatted(table));
		}
	}

	/** Ends the server without a warning. */
	public static void kill(MySQLContainer server) {
		server.getDockerClient().killContainerCmd(server.getContainerId()).exec();
	}

	/** Starts servers that were killed, and returns when they answer. */
	public static void revive(MySQLContainer... servers) {
		for (MySQLContainer server : servers) {
			server.getDockerClient().startContainerCmd(server.getContainerId()).exec();
		}
		for (MySQLContainer server : servers) {
			await(address(server) + " to answer").ignoreExceptions().until(() -> ask(server, "SELECT 1"), "1"::equals);
		}
	}

	/** Stops every thread of the server: its connections stay open, and silent. */
	public static void freeze(MySQLContainer server) {
		server.getDockerClient().pauseContainerCmd(server.getContainerId()).exec();
	}

	public static void thaw(MySQLContainer server) {
		server.getDockerClient().unpauseContainerCmd(server.getContainerId()).exec();
	}

	static boolean isRunning(MySQLContainer server) {
		return Boolean.TRUE.equals(server.getCurrentContainerInfo().getState().getRunning());
	}

	static boolean isFrozen(MySQLContainer server) {
		return Boolean.TRUE.equals(server.getCurrentContainerInfo().getState().getPaused());
	}

	/** Points a context at the servers, and its migration at the one that takes it. */
	static void point(ConfigurableApplicationContext context, List<MySQLContainer> servers, MySQLContainer primary) {
		TestPropertyValues.of(settings(servers, primary)).applyTo(context);
	}

	/**
	 * What tells the site where the servers are, and its migration which one takes it.
	 */
	static List<String> settings(List<MySQLContainer> servers, MySQLContainer primary) {
		String nodes = servers.stream().map(MySqlServers::address).collect(Collectors.joining(","));
		return List.of("foobar.database.nodes=" + nodes, "foobar.database.username=site",
				"foobar.database.password=" + PASSWORD, "foobar.database.monitor.username=monitor",
				"foobar.database.monitor.password=" + PASSWORD,
				"foobar.token.key=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=", "spring.flyway.url=" + url(primary),
				"spring.flyway.user=root", "spring.flyway.password=" + PASSWORD);
	}

}
