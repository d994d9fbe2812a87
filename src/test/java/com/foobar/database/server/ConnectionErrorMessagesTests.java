package com.foobar.database.server;

import java.io.EOFException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.sql.SQLException;

import javax.net.ssl.SSLHandshakeException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ConnectionErrorMessagesTests {

	@Test
	void aCertificateThatExpiredIsToBeRenewed() {
		var expired = new CertificateExpiredException("NotAfter: yesterday");
		assertThat(complaint(new CertPathValidatorException("validity check failed", expired)))
			.startsWith("its certificate is not valid at this time [NotAfter: yesterday]")
			.contains("ALTER INSTANCE RELOAD TLS");
	}

	@Test
	void aCertificateOfSomebodyUnknownIsNotTrusted() {
		assertThat(complaint(new CertificateException(new CertPathBuilderException("no path"))))
			.startsWith("its certificate is not trusted [no path]")
			.contains("foobar.database.certificate-authority");
	}

	@Test
	void aCertificateOfSomebodyElseIsToldFromThat() {
		assertThat(complaint(new CertificateException("No name matching web-01 found")))
			.startsWith("its certificate names another host [No name matching web-01 found]")
			.contains("subjectAltName");
	}

	@Test
	void anythingElseSpeaksForItself() {
		assertThat(complaint(new EOFException("It hung up"))).isEqualTo("It hung up");
	}

	private static String complaint(Exception reason) {
		var handshake = new SSLHandshakeException("(certificate_unknown)");
		handshake.initCause(reason);
		return ConnectionErrorMessages.of(new SQLException("Communications link failure", handshake));
	}

}
