package com.foobar.database;

import java.nio.file.Files;
import java.nio.file.Path;

import javax.net.ssl.SSLContext;

import com.foobar.setting.InvalidSettingException;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;
import org.springframework.boot.ssl.pem.PemSslStoreDetails;

/**
 * Who vouches for the MySQL servers: the certificates in a PEM file, and nobody else. Of
 * several any one is enough, so that one can take the place of another.
 */
public final class CertificateAuthority {

	public static final String SETTING = "foobar.database.certificate-authority";

	private CertificateAuthority() {
	}

	/** Refuses a file that vouches for nobody; an empty name means none is wanted. */
	static void check(String file) {
		if (!file.isBlank()) {
			Path path = Path.of(file);
			if (!Files.isRegularFile(path)) {
				throw refusal(file, "which is no file");
			}
			if (!Files.isReadable(path)) {
				throw refusal(file, "which the account of the application may not read");
			}
			try {
				context(path);
			}
			catch (RuntimeException ex) {
				throw refusal(file, "which holds no certificate in PEM");
			}
		}
	}

	private static InvalidSettingException refusal(String file, String problem) {
		return new InvalidSettingException(SETTING, "names [%s], %s".formatted(file, problem),
				"Write the path of a PEM file with the certificate of the CA that signed those of the MySQL servers, "
						+ "or leave it out to let them show any.");
	}

	public static SSLContext context(Path file) {
		var authorities = PemSslStoreDetails.forCertificates(file.toUri().toString());
		return SslBundle.of(new PemSslStoreBundle((PemSslStoreDetails) null, authorities)).createSslContext();
	}

}
