package com.foobar.lab;

import java.time.Duration;
import java.util.List;

import org.awaitility.Awaitility;

/** A primary and its replica, as they are at the moment. */
record Pair(String primary, String replica) {

	static final List<String> SERVERS = List.of("web-01", "web-02");

	/** Returns when one of them takes the writes and the other one follows it. */
	static Pair await() {
		String primary = SERVERS.stream().filter(Pair::takesWrites).findFirst().orElseThrow();
		var pair = new Pair(primary, SERVERS.get(1 - SERVERS.indexOf(primary)));
		awaitReplication(pair.replica());
		return pair;
	}

	static boolean takesWrites(String server) {
		return Lab.ask(server, "SELECT NOT @@super_read_only").equals("1");
	}

	static void awaitReplication(String replica) {
		Awaitility.await(replica + " to follow")
			.atMost(Duration.ofMinutes(1))
			.ignoreExceptions()
			.until(() -> Lab.ask(replica, "SELECT service_state FROM performance_schema.replication_connection_status"),
					"ON"::equals);
	}

	/**
	 * Returns when the primary says that of it. A replica whose disk was full looks for
	 * room each minute.
	 */
	void awaitSemiSync(String status) {
		Awaitility.await("semi-synchronous replication " + status)
			.atMost(Duration.ofSeconds(90))
			.until(() -> Lab.ask(this.primary, """
					SELECT variable_value FROM performance_schema.global_status
					 WHERE variable_name = 'Rpl_semi_sync_source_status'
					"""), status::equals);
	}

}
