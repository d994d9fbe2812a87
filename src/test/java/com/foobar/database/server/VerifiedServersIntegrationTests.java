package com.foobar.database.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Map;

import com.foobar.database.BoundSettings;
import com.foobar.database.KeytoolAuthority;
import com.foobar.database.MySqlPair;
import com.foobar.database.NodeAddress;
import com.foobar.database.UnreachableException;
import com.foobar.database.actuate.DatabaseEndpoint;
import com.foobar.database.topology.RoleChanges;
import com.foobar.database.topology.ServerRole;
import com.zaxxer.hikari.HikariConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.mysql.MySQLContainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that the site, if it has a certificate authority, connects only to servers whose
 * certificate that authority has signed.
 */
@ExtendWith(OutputCaptureExtension.class)
class VerifiedServersIntegrationTests {

	private static final MySQLContainer server = MySqlPair.first;

	private static final String node = NodeAddress.parse(MySqlPair.address(server)).name();

	private static final String OWN_NAME = (server.getHost().matches("[\\d.]+") ? "ip:" : "dns:") + server.getHost();

	private static KeytoolAuthority authority;

	private static KeytoolAuthority other;

	private static KeytoolAuthority.ServerCertificate trusted;

	private static KeytoolAuthority.ServerCertificate untrusted;

	@BeforeAll
	static void makeAuthorities(@TempDir Path directory) {
		authority = new KeytoolAuthority(directory, "authority");
		other = new KeytoolAuthority(directory, "other");
		trusted = authority.sign(OWN_NAME);
		untrusted = other.sign(OWN_NAME);
	}

	@AfterEach
	void restoreCertificate() {
		reloadTls("ca.pem", "server-cert.pem", "server-key.pem");
	}

	@Test
	void connectionsToAVerifiedServerAreEncrypted() throws SQLException {
		useCertificate(trusted);
		try (var cluster = cluster(authority.file())) {
			assertThat(cluster.primary()).isPresent();
			assertThat(cluster.probeError(cluster.nodes().getFirst())).isEmpty();
			assertThat(cluster.nodes().getFirst().queryExecuted()).isPresent();
			assertThat(status(cluster.nodes().getFirst().readPool(), "Ssl_version")).startsWith("TLSv1.");
			assertThat(status(cluster.nodes().getFirst().writePool(), "Ssl_version")).startsWith("TLSv1.");
		}
	}

	@Test
	void certificateForAnotherHostIsRejectedWithAMessage(CapturedOutput output) {
		useCertificate(authority.sign("dns:web-09"));
		assertRejected("names another host");
		assertThat(output)
			.contains("Database server %s does not answer: its certificate names another host".formatted(node));
	}

	@Test
	void certificateOfAnotherAuthorityIsRejected() {
		useCertificate(untrusted);
		assertRejected("is not trusted");
	}

	@Test
	void selfSignedCertificateIsRejected() {
		assertRejected("is not trusted");
	}

	@Test
	void renewedCertificateIsAcceptedWithoutARestart() throws SQLException {
		useCertificate(trusted);
		try (var cluster = cluster(authority.file())) {
			NodePool pool = cluster.nodes().getFirst().readPool();
			String expiryBefore = status(pool, "Ssl_server_not_after");
			useCertificate(authority.sign(OWN_NAME, "-validity", "7"));
			pool.evict();
			assertThat(status(pool, "Ssl_server_not_after")).isNotEqualTo(expiryBefore);
			assertThat(status(pool, "Ssl_version")).startsWith("TLSv1.");
		}
	}

	@Test
	void authorityCanBeReplacedWithoutARestart(@TempDir Path directory) throws IOException, SQLException {
		Path file = Files.copy(authority.file(), directory.resolve("ca.pem"));
		useCertificate(trusted);
		try (var cluster = cluster(file)) {
			NodePool pool = cluster.nodes().getFirst().writePool();
			Files.writeString(file, Files.readString(authority.file()) + Files.readString(other.file()));
			pool.evict();
			assertThat(status(pool, "Ssl_version")).startsWith("TLSv1.");
			useCertificate(untrusted);
			pool.evict();
			assertThat(status(pool, "Ssl_version")).startsWith("TLSv1.");
		}
	}

	private static void assertRejected(String probeError) {
		try (var cluster = cluster(authority.file())) {
			assertThat(cluster.topology().role(cluster.nodes().getFirst())).isEqualTo(ServerRole.UNKNOWN);
			Awaitility.await().untilAsserted(() -> assertThat(probeError(cluster)).contains(probeError));
			assertThatExceptionOfType(UnreachableException.class)
				.isThrownBy(() -> cluster.nodes().getFirst().writePool().borrow());
			assertThat(cluster.nodes().getFirst().queryExecuted()).isEmpty();
		}
	}

	// Returns the error that the endpoint /actuator/database reports.
	private static String probeError(Cluster cluster) {
		return new DatabaseEndpoint(cluster, new RoleChanges<>(new SimpleMeterRegistry(), Clock.systemUTC())).database()
			.nodes()
			.get(node)
			.probeError();
	}

	private static Cluster cluster(Path file) {
		var properties = BoundSettings.database(Map.of("nodes", MySqlPair.address(server), "username", "site",
				"password", MySqlPair.PASSWORD, "monitor.username", "monitor", "monitor.password", MySqlPair.PASSWORD,
				"certificate-authority", file.toString()));
		var template = new HikariConfig();
		template.setInitializationFailTimeout(-1);
		template.setConnectionTimeout(1000);
		return new MySqlCluster(properties, template, new RoleChanges<>(new SimpleMeterRegistry(), Clock.systemUTC()));
	}

	// Sets the authority too, because the server loads only certificates that this
	// authority has signed.
	private static void useCertificate(KeytoolAuthority.ServerCertificate signed) {
		server.copyFileToContainer(Transferable.of(signed.authority(), 0644), "/tmp/authority.pem");
		server.copyFileToContainer(Transferable.of(signed.certificate(), 0644), "/tmp/certificate.pem");
		server.copyFileToContainer(Transferable.of(signed.key(), 0644), "/tmp/key.pem");
		reloadTls("/tmp/authority.pem", "/tmp/certificate.pem", "/tmp/key.pem");
	}

	private static void reloadTls(String authority, String certificate, String key) {
		MySqlPair.run(server, "SET GLOBAL ssl_ca = '%s'".formatted(authority),
				"SET GLOBAL ssl_cert = '%s'".formatted(certificate), "SET GLOBAL ssl_key = '%s'".formatted(key),
				"ALTER INSTANCE RELOAD TLS");
	}

	private static String status(NodePool pool, String variable) throws SQLException {
		try (Connection connection = pool.getConnection();
				var statement = connection.createStatement();
				ResultSet row = statement.executeQuery("SHOW STATUS LIKE '%s'".formatted(variable))) {
			row.next();
			return row.getString("Value");
		}
	}

}
