package com.foobar.database.connection;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import com.foobar.database.DatabaseProperties;
import com.foobar.database.NodeAddress;

/** Builds the JDBC URLs of Connector/J for a server, one for each kind of work. */
public final class MySqlUrl {

	private MySqlUrl() {
	}

	/** Returns the URL for the site's own statements. */
	public static String forSite(NodeAddress address, DatabaseProperties properties, AccessMode access) {
		// Longer than the slowest statement of the site. Without it, the connections to a
		// server that vanishes would hang and exhaust the pool.
		Duration socketTimeout = Duration.ofSeconds(30);
		// Shorter than the pool's timeout, so that the pool knows the cause of a failure.
		Duration connectTimeout = properties.pool().timeout().dividedBy(2);
		return url(address, properties.name(), connectTimeout, socketTimeout, properties)
				// The driver then keeps read-only and autocommit in memory, which saves
				// round trips.
				+ "&useLocalSessionState=true&cachePrepStmts=true"
				// The result of every commit then contains what the server has executed,
				// without another round trip.
				+ "&trackSessionState=true&sessionVariables=session_track_gtids=ALL_GTIDS,"
				+ limits(properties, access);
	}

	/**
	 * Returns the timeouts that the server enforces. The wait for a row lock or for a
	 * table that is being altered ends after 5 s. MySQL's defaults of 50 s and one year
	 * are longer than the socket timeout, so the connection would look lost. A write has
	 * no max_execution_time, because that only applies to SELECT, and a SELECT in a write
	 * may wait for locks.
	 */
	private static String limits(DatabaseProperties properties, AccessMode access) {
		return "innodb_lock_wait_timeout=5,lock_wait_timeout=5" + ((access == AccessMode.READ)
				? ",max_execution_time=" + properties.pool().readStatementTimeout().toMillis() : "");
	}

	/** Returns the URL for queries that a healthy server answers at once. */
	public static String forControlConnection(NodeAddress address, DatabaseProperties properties) {
		Duration timeout = properties.monitor().timeout();
		return url(address, "", timeout, timeout, properties);
	}

	/**
	 * Returns the URL for the statements of a migration. They have no timeout, because
	 * tables may be large.
	 */
	public static String forMigration(NodeAddress address, DatabaseProperties properties) {
		return url(address, properties.name(), Duration.ofSeconds(5), Duration.ZERO, properties);
	}

	private static String url(NodeAddress address, String schema, Duration connectTimeout, Duration socketTimeout,
			DatabaseProperties properties) {
		return "jdbc:mysql://%s/%s?%s&connectionTimeZone=UTC&connectTimeout=%d&socketTimeout=%d".formatted(address,
				schema, encryption(properties.certificateAuthority()), connectTimeout.toMillis(),
				socketTimeout.toMillis());
	}

	// If the driver ignored the socket factory, it would fail to load this key store
	// instead of trusting another CA.
	private static String encryption(String authority) {
		return authority.isBlank() ? "sslMode=REQUIRED" : """
				sslMode=VERIFY_IDENTITY&fallbackToSystemTrustStore=false&trustCertificateKeyStoreType=%s\
				&trustCertificateKeyStoreUrl=%s&socketFactory=%s""".formatted(VerifiedSocketFactory.PEM,
				URLEncoder.encode(authority, StandardCharsets.UTF_8), VerifiedSocketFactory.class.getName());
	}

}
