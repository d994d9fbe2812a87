package com.foobar.database.server;

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
 * Gives Connector/J connections only to servers that a {@link CertificateAuthority}
 * vouches for, under the name by which they were called. The driver itself reads no PEM,
 * and the key store that it wants would be one more file, to be made and not to be lost.
 *
 * <p>
 * The PEM file is read for each connection: what is added to it counts at once, and what
 * is taken away for no new one. The driver makes this class by its name, which is why it
 * is public.
 */
public final class VerifiedSocketFactory extends StandardSocketFactory {

	/** What the driver's setting for the kind of key store says: it would not know it. */
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
		SSLContext context = context(connection.getPropertySet());
		var socket = (SSLSocket) context.getSocketFactory()
			.createSocket(raw, connection.getHost(), connection.getPort(), true);
		SSLParameters parameters = socket.getSSLParameters();
		// The name is compared as web browsers do.
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		socket.setSSLParameters(parameters);
		socket.startHandshake();
		return socket;
	}

	private static SSLContext context(PropertySet properties) throws IOException {
		String file = properties.getStringProperty(PropertyKey.trustCertificateKeyStoreUrl).getValue();
		try {
			return CertificateAuthority.context(Path.of(file));
		}
		catch (RuntimeException ex) {
			throw new IOException("%s names [%s], which can no longer be used: %s"
				.formatted(CertificateAuthority.SETTING, file, ex.getMessage()));
		}
	}

}
