package com.foobar.lab;

import java.time.Duration;

import org.awaitility.Awaitility;

/** A session on a database server with a transaction that somebody forgot to end. */
final class OpenTransaction {

	private static final String SESSIONS = """
			SELECT COUNT(*) FROM performance_schema.threads
			WHERE name = 'thread/sql/one_connection' AND processlist_user = 'root' AND processlist_db = 'foobar'
			""";

	private OpenTransaction() {
	}

	/**
	 * Opens a session, runs the statements in it, and leaves it open for five minutes at
	 * most. Waits until the server has the session, for 20 seconds at most.
	 */
	static void begin(String server, String statements) {
		Lab.on(server, "sh", "-c", "((echo \"$0;\"; sleep 300) | mysql --unbuffered foobar) >/dev/null 2>&1 &",
				statements);
		await(server, "1");
	}

	/**
	 * Ends all such sessions on a server, and waits until they are gone, for 20 seconds
	 * at most.
	 */
	static void endAll(String server) {
		Lab.on(server, "sh", "-c",
				"""
						mysql --skip-column-names --execute "SELECT CONCAT('KILL ', processlist_id) FROM performance_schema.threads
						    WHERE processlist_user = 'root' AND processlist_db = 'foobar'" | mysql
						""");
		await(server, "0");
	}

	private static void await(String server, String sessions) {
		Awaitility.await("%s open sessions on %s".formatted(sessions, server))
			.atMost(Duration.ofSeconds(20))
			.until(() -> Lab.sql(server, SESSIONS), sessions::equals);
	}

}
