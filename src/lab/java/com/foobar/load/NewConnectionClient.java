package com.foobar.load;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

import com.foobar.load.Event.Kind;

/**
 * Requests the home page ten times a second, each time on a new connection. New
 * connections show best whether the site is reachable: existing ones can continue to
 * work, or hang.
 */
final class NewConnectionClient implements Runnable {

	private static final Duration INTERVAL = Duration.ofMillis(100);

	private static final int TIMEOUT_MILLIS = 5_000;

	private final Run run;

	private final URI address;

	private final SocketFactory sockets;

	NewConnectionClient(Run run, String address, Trust trust) {
		this.run = run;
		this.address = URI.create(address);
		this.sockets = address.startsWith("https:") ? trust.context().getSocketFactory() : SocketFactory.getDefault();
	}

	@Override
	public void run() {
		// Slow requests do not delay the next ones. The run's end waits for them.
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			this.run.repeat(INTERVAL, () -> executor.execute(this::visit));
		}
	}

	private void visit() {
		long began = System.currentTimeMillis();
		try {
			String response = request();
			this.run.record(
					response.startsWith("HTTP/1.1 200 ") ? Kind.NEW_CONNECTION_SERVED : Kind.NEW_CONNECTION_FAILED,
					began, "/", response.lines().findFirst().orElse("nothing"));
		}
		catch (IOException ex) {
			this.run.record(Kind.NEW_CONNECTION_FAILED, began, "/", String.valueOf(ex));
		}
	}

	// A frozen server still accepts connections, so each step has a timeout.
	private String request() throws IOException {
		try (Socket plain = new Socket()) {
			plain.setSoTimeout(TIMEOUT_MILLIS);
			plain.connect(new InetSocketAddress(this.address.getHost(), port()), TIMEOUT_MILLIS);
			try (Socket socket = secure(plain)) {
				socket.getOutputStream()
					.write("GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n"
						.formatted(this.address.getAuthority())
						.getBytes(StandardCharsets.US_ASCII));
				socket.getOutputStream().flush();
				return read(socket.getInputStream());
			}
		}
	}

	private static String read(InputStream input) throws IOException {
		return new String(input.readAllBytes(), StandardCharsets.UTF_8);
	}

	private Socket secure(Socket plain) throws IOException {
		return (this.sockets instanceof SSLSocketFactory tls)
				? tls.createSocket(plain, this.address.getHost(), port(), true) : plain;
	}

	private int port() {
		int defaultPort = this.address.getScheme().equals("https") ? 443 : 80;
		return (this.address.getPort() == -1) ? defaultPort : this.address.getPort();
	}

}
