package com.foobar.lab;

import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;

/** The primary and the replica of a pair at one moment. Immutable. */
record Pair(String primary, String replica) {

	static final List<String> SERVERS = List.of("web-01", "web-02");

	/**
	 * Finds the server that takes the writes, waits until the other one replicates from
	 * it, for one minute at most, and returns both.
	 * @throws java.util.NoSuchElementException if no server takes writes
	 */
	static Pair await() {
		String primary = SERVERS.stream().filter(Pair::takesWrites).findFirst().orElseThrow();
		var pair = new Pair(primary, SERVERS.get(1 - SERVERS.indexOf(primary)));
		awaitReplication(pair.replica());
		return pair;
	}

	static boolean takesWrites(String server) {
		return Lab.sql(server, "SELECT NOT @@super_read_only").equals("1");
	}

	static void awaitReplication(String replica) {
		Awaitility.await(replica + " replicates from the primary")
			.atMost(Duration.ofMinutes(1))
			.ignoreExceptions()
			.until(() -> Lab.sql(replica, "SELECT service_state FROM performance_schema.replication_connection_status"),
					"ON"::equals);
	}

	/**
	 * Waits until the primary reports the given status of semi-synchronous replication,
	 * for 90 seconds at most. A replica whose disk was full looks for space only once a
	 * minute.
	 * @param status ON or OFF
	 */
	void awaitSemiSync(String status) {
		Awaitility.await("semi-synchronous replication is " + status)
			.atMost(Duration.ofSeconds(90))
			.until(() -> Lab.sql(this.primary, """
					SELECT variable_value FROM performance_schema.global_status
					 WHERE variable_name = 'Rpl_semi_sync_source_status'
					"""), status::equals);
	}

}
