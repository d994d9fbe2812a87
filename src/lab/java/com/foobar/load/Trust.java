package com.foobar.load;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * The certificate authorities that a client trusts. Immutable.
 *
 * @param context the context of the client's TLS connections
 */
record Trust(SSLContext context) {

	/** Trusts the authorities of the JDK. */
	static Trust jdkDefault() {
		try {
			return new Trust(SSLContext.getDefault());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Trusts the given authorities only.
	 * @param authorities their certificates in PEM
	 */
	static Trust only(String authorities) {
		try {
			KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
			trusted.load(null, null);
			for (Certificate certificate : CertificateFactory.getInstance("X.509")
				.generateCertificates(new ByteArrayInputStream(authorities.getBytes(StandardCharsets.US_ASCII)))) {
				trusted.setCertificateEntry("authority-" + trusted.size(), certificate);
			}
			var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			managers.init(trusted);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, managers.getTrustManagers(), null);
			return new Trust(context);
		}
		catch (GeneralSecurityException | IOException ex) {
			throw new IllegalStateException("The authority's certificate cannot be used", ex);
		}
	}

}
