package com.foobar.database;

import java.time.Duration;
import java.util.List;

import org.springframework.context.ConfigurableApplicationContext;
import org.testcontainers.containers.Network;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.mysql.MySQLContainer;

/**
 * Provides two real MySQL servers, the second of which replicates from the first by GTID.
 * Both start once for all tests. As an initializer, this class sets the database settings
 * of an application context. A test that changes a role or a delay or causes a fault must
 * undo it.
 */
public class MySqlPair extends MySqlServers {

	private static final Network network = Network.newNetwork();

	public static final MySQLContainer first = server("node-1", 1);

	public static final MySQLContainer second = server("node-2", 2);

	static {
		Startables.deepStart(first, second).join();
		createAccounts(first);
		follow(second, first);
	}

	private static MySQLContainer server(String name, int id) {
		return server(id).withNetwork(network).withNetworkAliases(name);
	}

	/**
	 * Makes one server a replica of the other, lets the other accept writes, and waits at
	 * most 20 s until the replica has all transactions. Both servers keep their roles
	 * after a restart.
	 */
	public static void follow(MySQLContainer replica, MySQLContainer primary) {
		run(replica, "SET PERSIST super_read_only = ON", "STOP REPLICA", """
				CHANGE REPLICATION SOURCE TO SOURCE_HOST = '%s', SOURCE_USER = 'root', SOURCE_PASSWORD = '%s',
				  SOURCE_AUTO_POSITION = 1, SOURCE_SSL = 1, SOURCE_CONNECT_RETRY = 1, SOURCE_RETRY_COUNT = 86400,
				  SOURCE_DELAY = 0
				""".formatted(primary.getNetworkAliases().getLast(), PASSWORD));
		run(primary, "STOP REPLICA", "RESET REPLICA ALL", "SET PERSIST super_read_only = OFF",
				"SET GLOBAL read_only = OFF");
		run(replica, "START REPLICA");
		awaitReplica(replica, primary);
	}

	/** Sets the replication delay of the second server. */
	public static void delay(Duration delay) {
		run(second, "STOP REPLICA SQL_THREAD",
				"CHANGE REPLICATION SOURCE TO SOURCE_DELAY = %d".formatted(delay.toSeconds()),
				"START REPLICA SQL_THREAD");
	}

	/**
	 * Waits at most 20 s until the second server has applied everything that was written
	 * to the first server before this call.
	 */
	public static void awaitReplicas() {
		awaitReplica(second, first);
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		applySettings(context, List.of(first, second), first);
	}

}
