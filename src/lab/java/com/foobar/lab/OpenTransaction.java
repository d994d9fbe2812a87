package com.foobar.lab;

import java.time.Duration;

import org.awaitility.Awaitility;

/** Somebody's console on a database server, in which a transaction was forgotten. */
final class OpenTransaction {

	private static final String SESSIONS = """
			SELECT COUNT(*) FROM performance_schema.threads
			WHERE name = 'thread/sql/one_connection' AND processlist_user = 'root' AND processlist_db = 'foobar'
			""";

	private OpenTransaction() {
	}

	/** Returns when the server has got the statements. */
	static void begin(String server, String statements) {
		Lab.on(server, "sh", "-c", "((echo \"$0;\"; sleep 300) | mysql --unbuffered foobar) >/dev/null 2>&1 &",
				statements);
		await(server, "1");
	}

	static void endAll(String server) {
		Lab.on(server, "sh", "-c",
				"""
						mysql --skip-column-names --execute "SELECT CONCAT('KILL ', processlist_id) FROM performance_schema.threads
						    WHERE processlist_user = 'root' AND processlist_db = 'foobar'" | mysql
						""");
		await(server, "0");
	}

	private static void await(String server, String sessions) {
		Awaitility.await("sessions on " + server)
			.atMost(Duration.ofSeconds(20))
			.until(() -> Lab.ask(server, SESSIONS), sessions::equals);
	}

}
