package com.foobar.database.server;

import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import com.foobar.database.CertificateAuthority;
import org.springframework.core.NestedExceptionUtils;

/**
 * Explains to an operator why a connection to a server failed and how to repair it.
 */
final class ConnectionErrorMessages {

	private ConnectionErrorMessages() {
	}

	static String of(SQLException ex) {
		List<Throwable> causes = Stream.<Throwable>iterate(ex, (cause) -> cause != null, Throwable::getCause).toList();
		String reason = String.valueOf(NestedExceptionUtils.getMostSpecificCause(ex).getMessage());
		if (has(causes, CertificateExpiredException.class) || has(causes, CertificateNotYetValidException.class)) {
			return """
					its certificate is not valid at this time [%s]. Look at both clocks, or renew it and run \
					ALTER INSTANCE RELOAD TLS there""".formatted(reason);
		}
		if (has(causes, CertPathBuilderException.class) || has(causes, CertPathValidatorException.class)) {
			return """
					its certificate is not trusted [%s]. Give it one that a CA in the file %s signed, or add \
					its CA to that file""".formatted(reason, CertificateAuthority.SETTING);
		}
		if (has(causes, CertificateException.class)) {
			return """
					its certificate names another host [%s]. Give it one with this name in its subjectAltName, \
					or call it by the name it has""".formatted(reason);
		}
		return reason;
	}

	private static boolean has(List<Throwable> causes, Class<? extends Throwable> type) {
		return causes.stream().anyMatch(type::isInstance);
	}

}
