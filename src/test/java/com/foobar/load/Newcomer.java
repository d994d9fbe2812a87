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
 * People who come to the front page for the first time, ten each second, on connections
 * of their own. Whether the site is there is told best by who does not know it yet:
 * others have connections that go on, or that hang.
 */
final class Newcomer implements Runnable {

	private static final Duration INTERVAL = Duration.ofMillis(100);

	private static final int PATIENCE_MILLIS = 5_000;

	private final Run run;

	private final URI address;

	private final SocketFactory sockets;

	Newcomer(Run run, String address, Trust trust) {
		this.run = run;
		this.address = URI.create(address);
		this.sockets = address.startsWith("https:") ? trust.context().getSocketFactory() : SocketFactory.getDefault();
	}

	@Override
	public void run() {
		// Who waits keeps nobody else from coming, and is waited for at the end.
		try (ExecutorService visits = Executors.newVirtualThreadPerTaskExecutor()) {
			this.run.repeat(INTERVAL, () -> visits.execute(this::come));
		}
	}

	private void come() {
		long began = System.currentTimeMillis();
		try {
			String answer = ask();
			this.run.note(answer.startsWith("HTTP/1.1 200 ") ? Kind.ARRIVED : Kind.TURNED_AWAY, began, "/",
					answer.lines().findFirst().orElse("nothing"));
		}
		catch (IOException ex) {
			this.run.note(Kind.TURNED_AWAY, began, "/", String.valueOf(ex));
		}
	}

	// A server that freezes takes connections, so each step has its limit.
	private String ask() throws IOException {
		try (Socket plain = new Socket()) {
			plain.setSoTimeout(PATIENCE_MILLIS);
			plain.connect(new InetSocketAddress(this.address.getHost(), port()), PATIENCE_MILLIS);
			try (Socket socket = secured(plain)) {
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

	private Socket secured(Socket plain) throws IOException {
		return (this.sockets instanceof SSLSocketFactory secure)
				? secure.createSocket(plain, this.address.getHost(), port(), true) : plain;
	}

	private int port() {
		int usual = this.address.getScheme().equals("https") ? 443 : 80;
		return (this.address.getPort() == -1) ? usual : this.address.getPort();
	}

}
