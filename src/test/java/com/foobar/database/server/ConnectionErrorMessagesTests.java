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
	void expiredCertificateMessageSaysHowToReloadIt() {
		var expired = new CertificateExpiredException("NotAfter: yesterday");
		assertThat(message(new CertPathValidatorException("validity check failed", expired)))
			.startsWith("its certificate is not valid at this time [NotAfter: yesterday]")
			.contains("ALTER INSTANCE RELOAD TLS");
	}

	@Test
	void certificateOfAnotherAuthorityIsNotTrusted() {
		assertThat(message(new CertificateException(new CertPathBuilderException("no path"))))
			.startsWith("its certificate is not trusted [no path]")
			.contains("foobar.database.certificate-authority");
	}

	@Test
	void certificateOfAnotherHostHasItsOwnMessage() {
		assertThat(message(new CertificateException("No name matching web-01 found")))
			.startsWith("its certificate names another host [No name matching web-01 found]")
			.contains("subjectAltName");
	}

	@Test
	void otherErrorsKeepTheirMessage() {
		assertThat(message(new EOFException("It hung up"))).isEqualTo("It hung up");
	}

	private static String message(Exception cause) {
		var handshake = new SSLHandshakeException("(certificate_unknown)");
		handshake.initCause(cause);
		return ConnectionErrorMessages.of(new SQLException("Communications link failure", handshake));
	}

}
