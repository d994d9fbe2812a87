package com.foobar.database.server;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.foobar.database.DatabaseProperties;
import com.foobar.database.NodeAddress;

/** How Connector/J is told to reach a server. */
public final class MySqlUrl {

	private MySqlUrl() {
	}

	/** For the site's own statements. */
	public static String forSite(NodeAddress address, DatabaseProperties properties, AccessMode access) {
		// Above the slowest statement of the site; without it a server that vanishes
		// would hang the pool.
		Duration socketTimeout = Duration.ofSeconds(30);
		// Below what the pool waits for a connection, so that it knows why there is none.
		Duration connectTimeout = properties.pool().timeout().dividedBy(2);
		return url(address, properties.name(), connectTimeout, socketTimeout, properties)
				// The driver then remembers read-only and autocommit instead of asking or
				// telling the server again.
				+ "&useLocalSessionState=true&cachePrepStmts=true"
				// Every commit brings back what the server has executed, at no cost.
				+ "&trackSessionState=true&sessionVariables=session_track_gtids=ALL_GTIDS,"
				+ limits(properties, access);
	}

	/**
	 * What the server itself limits. Waits for a row, or for a table that is being
	 * altered, end after 5 s: MySQL's own 50 s and one year would outlast the connection,
	 * which then looked lost. Only a SELECT has a limit of execution, and those of a
	 * write may wait for locks.
	 */
	private static String limits(DatabaseProperties properties, AccessMode access) {
		return "innodb_lock_wait_timeout=5,lock_wait_timeout=5" + ((access == AccessMode.READ)
				? ",max_execution_time=" + properties.pool().readStatementTimeout().toMillis() : "");
	}

	/** For questions that a healthy server answers at once. */
	public static String forQuestions(NodeAddress address, DatabaseProperties properties) {
		Duration timeout = properties.monitor().timeout();
		return url(address, "", timeout, timeout, properties);
	}

	/** For statements that take as long as they take: tables may be large. */
	public static String forMigration(NodeAddress address, DatabaseProperties properties) {
		return url(address, properties.name(), Duration.ofSeconds(5), Duration.ZERO, properties);
	}

	private static String url(NodeAddress address, String schema, Duration connectTimeout, Duration socketTimeout,
			DatabaseProperties properties) {
		return "jdbc:mysql://%s/%s?%s&connectionTimeZone=UTC&connectTimeout=%d&socketTimeout=%d".formatted(address,
				schema, encryption(properties.certificateAuthority()), connectTimeout.toMillis(),
				socketTimeout.toMillis());
	}

	// If ever the driver passed over our factory, it would fail at this key store rather
	// than trust somebody else.
	private static String encryption(String authority) {
		return authority.isBlank() ? "sslMode=REQUIRED" : """
				sslMode=VERIFY_IDENTITY&fallbackToSystemTrustStore=false&trustCertificateKeyStoreType=%s\
				&trustCertificateKeyStoreUrl=%s&socketFactory=%s""".formatted(VerifiedSocketFactory.PEM,
				URLEncoder.encode(authority, StandardCharsets.UTF_8), VerifiedSocketFactory.class.getName());
	}

}
