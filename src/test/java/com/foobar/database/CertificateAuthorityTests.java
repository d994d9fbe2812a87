package com.foobar.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import com.foobar.database.connection.AccessMode;
import com.foobar.database.connection.MySqlUrl;
import com.foobar.setting.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

class CertificateAuthorityTests {

	private static final NodeAddress address = NodeAddress.parse("web-01");

	@TempDir
	Path directory;

	@Test
	void anyCertificateIsAcceptedWithoutAuthority() {
		assertThat(MySqlUrl.forSite(address, properties(""), AccessMode.READ)).contains("sslMode=REQUIRED")
			.doesNotContain("socketFactory");
	}

	@Test
	void everyConnectionIsVerifiedWithAuthority() {
		DatabaseProperties properties = properties(new KeytoolAuthority(this.directory, "a b").file().toString());
		assertThat(MySqlUrl.forSite(address, properties, AccessMode.READ)).satisfies(this::isVerified);
		assertThat(MySqlUrl.forControlConnection(address, properties)).satisfies(this::isVerified);
		assertThat(MySqlUrl.forMigration(address, properties)).satisfies(this::isVerified);
	}

	private void isVerified(String url) {
		assertThat(url).contains("sslMode=VERIFY_IDENTITY")
			.contains("fallbackToSystemTrustStore=false")
			.contains("a+b.pem")
			.contains("socketFactory=com.foobar.database.connection.VerifiedSocketFactory");
	}

	@Test
	void missingFileIsRejected() {
		assertRejected(this.directory.resolve("missing.pem"), "which is not a file");
		assertRejected(this.directory, "which is not a file");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a CA", "-----BEGIN CERTIFICATE-----\nbm9uZQ==\n-----END CERTIFICATE-----\n",
			"-----BEGIN PRIVATE KEY-----\nbm9uZQ==\n-----END PRIVATE KEY-----\n" })
	void fileWithoutCertificateIsRejected(String content) throws IOException {
		assertRejected(Files.writeString(this.directory.resolve("ca.pem"), content),
				"which holds no certificate in PEM");
	}

	private static void assertRejected(Path file, String problem) {
		assertThatException().isThrownBy(() -> properties(file.toString()))
			.havingRootCause()
			.isInstanceOf(InvalidSettingException.class)
			.withMessage("foobar.database.certificate-authority names [%s], %s", file, problem);
	}

	private static DatabaseProperties properties(String file) {
		return BoundSettings
			.database(Map.of("nodes", "web-01", "username", "x", "password", "x", "certificate-authority", file));
	}

}
