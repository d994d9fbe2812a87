package com.foobar.database.connection;

import java.io.Closeable;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import com.foobar.database.CertificateAuthority;
import com.mysql.cj.conf.PropertyKey;
import com.mysql.cj.conf.PropertySet;
import com.mysql.cj.log.Log;
import com.mysql.cj.protocol.ServerSession;
import com.mysql.cj.protocol.SocketConnection;
import com.mysql.cj.protocol.StandardSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Socket factory for Connector/J that only connects to servers with a certificate that a
 * {@link CertificateAuthority} has signed for the host name in the URL. The driver itself
 * cannot read PEM and needs a key store, which would be one more file to create and to
 * keep.
 *
 * <p>
 * The PEM file is read for each connection, so a change to it applies to all new
 * connections without a restart. The class is public because the driver creates it by its
 * name.
 */
public final class VerifiedSocketFactory extends StandardSocketFactory {

	/** Value of the driver's setting for the key store type; the driver rejects it. */
	static final String PEM = "PEM";

	@Override
	@SuppressWarnings("unchecked")
	public <T extends Closeable> T performTlsHandshake(SocketConnection connection, @Nullable ServerSession session,
			@Nullable Log log) throws IOException {
		SSLSocket socket = secure(this.rawSocket, connection);
		this.sslSocket = socket;
		return (T) socket;
	}

	private static SSLSocket secure(Socket raw, SocketConnection connection) throws IOException {
		SSLContext context = sslContext(connection.getPropertySet());
		var socket = (SSLSocket) context.getSocketFactory()
			.createSocket(raw, connection.getHost(), connection.getPort(), true);
		SSLParameters parameters = socket.getSSLParameters();
		// Verifies the host name in the same way as for HTTPS.
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		socket.setSSLParameters(parameters);
		socket.startHandshake();
		return socket;
	}

	private static SSLContext sslContext(PropertySet properties) throws IOException {
		String file = properties.getStringProperty(PropertyKey.trustCertificateKeyStoreUrl).getValue();
		try {
			return CertificateAuthority.sslContext(Path.of(file));
		}
		catch (RuntimeException ex) {
			throw new IOException("%s names [%s], which can no longer be used: %s"
				.formatted(CertificateAuthority.SETTING, file, ex.getMessage()));
		}
	}

}
