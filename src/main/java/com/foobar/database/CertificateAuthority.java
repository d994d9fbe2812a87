package com.foobar.database;

import java.nio.file.Files;
import java.nio.file.Path;

import javax.net.ssl.SSLContext;

import com.foobar.setting.InvalidSettingException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/**
 * Reads the PEM file with the certificate authorities (CAs) that the application trusts
 * to sign the certificates of MySQL servers. It trusts no other CA. The file may hold
 * several CAs, so that a new CA can replace an old one without an outage.
 *
 * <p>
 * Safe for use by several threads.
 */
public final class CertificateAuthority {

	public static final String SETTING = "foobar.database.certificate-authority";

	private CertificateAuthority() {
	}

	/**
	 * Checks that the file holds at least one certificate. An empty name turns the
	 * verification off.
	 * @throws InvalidSettingException if the file is missing, unreadable or without
	 * certificate
	 */
	static void check(String file) {
		if (!file.isBlank()) {
			Path path = Path.of(file);
			if (!Files.isRegularFile(path)) {
				throw invalid(file, "which is not a file");
			}
			if (!Files.isReadable(path)) {
				throw invalid(file, "which the account of the application may not read");
			}
			try {
				sslContext(path);
			}
			catch (RuntimeException ex) {
				throw invalid(file, "which holds no certificate in PEM");
			}
		}
	}

	private static InvalidSettingException invalid(String file, String problem) {
		return new InvalidSettingException(SETTING, "names [%s], %s".formatted(file, problem),
				"Write the path of a PEM file with the certificate of the CA that signed those of the MySQL servers, "
						+ "or leave it out to accept any certificate.");
	}

	/**
	 * Returns an SSL context that trusts only the CAs in the file. Reads the file at each
	 * call.
	 * @throws RuntimeException if the file cannot be read or holds no certificate
	 */
	public static SSLContext sslContext(Path file) {
		var authorities = PemSslStoreDetails.forCertificates(file.toUri().toString());
		return SslBundle.of(new PemSslStoreBundle((PemSslStoreDetails) null, authorities)).createSslContext();
	}

}
