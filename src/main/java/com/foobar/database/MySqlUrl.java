package com.foobar.database;

import java.time.Duration;

/** How Connector/J is told to reach a server. */
final class MySqlUrl {

	private MySqlUrl() {
	}

	/** For the site's own statements. */
	static String forSite(NodeAddress address, String schema, Duration poolTimeout) {
		// Above the slowest statement of the site; without it a server that vanishes
		// would hang the pool.
		Duration socketTimeout = Duration.ofSeconds(30);
		// Below what the pool waits for a connection, so that it knows why there is none.
		return url(address, schema, poolTimeout.dividedBy(2), socketTimeout)
				// The driver then remembers read-only and autocommit instead of asking or
				// telling the server again.
				+ "&useLocalSessionState=true&cachePrepStmts=true"
				// Every commit brings back what the server has executed, at no cost. And
				// nobody waits for a row for longer than a visitor would: MySQL's own 50
				// s
				// would outlast the connection, which then looked lost.
				+ "&trackSessionState=true&sessionVariables=session_track_gtids=ALL_GTIDS,innodb_lock_wait_timeout=5";
	}

	/** For questions that a healthy server answers at once. */
	static String forQuestions(NodeAddress address, Duration timeout) {
		return url(address, "", timeout, timeout);
	}

	private static String url(NodeAddress address, String schema, Duration connectTimeout, Duration socketTimeout) {
		return "jdbc:mysql://%s/%s?sslMode=REQUIRED&connectionTimeZone=UTC&connectTimeout=%d&socketTimeout=%d"
			.formatted(address, schema, connectTimeout.toMillis(), socketTimeout.toMillis());
	}

}
