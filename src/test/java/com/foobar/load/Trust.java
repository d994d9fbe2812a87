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
 * Whose certificates clients accept.
 *
 * @param context what their connections are made with
 */
record Trust(SSLContext context) {

	/** The authorities that every JDK knows. */
	static Trust usual() {
		try {
			return new Trust(SSLContext.getDefault());
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * The site's own authority, and no other than are named with it.
	 * @param authorities their certificates in PEM
	 */
	static Trust in(String authorities) {
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
