package com.foobar.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Many who begin a request and never come to its end. */
record SlowVisitors(List<Socket> sockets) implements AutoCloseable {

	static SlowVisitors withHalfAHeader(int number) {
		return come(number, "GET / HTTP/1.1\r\nHost: localhost\r\n");
	}

	/** More of it than the balancer waits for before it asks a server. */
	static SlowVisitors withHalfAForm(int number) {
		return come(number, "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000\r\n"
				+ "Content-Type: application/x-www-form-urlencoded\r\n\r\n" + "a".repeat(20_000));
	}

	private static SlowVisitors come(int number, String request) {
		return new SlowVisitors(Stream.generate(() -> begin(request)).limit(number).toList());
	}

	private static Socket begin(String request) {
		URI site = URI.create(Lab.URL);
		try {
			var socket = new Socket(site.getHost(), site.getPort());
			socket.setSoTimeout(100);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			return socket;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Whether the last of them has lost patience with us. */
	boolean allTurnedAway() {
		return this.sockets.stream().allMatch(SlowVisitors::hasEnded);
	}

	private static boolean hasEnded(Socket socket) {
		try {
			while (socket.getInputStream().read() >= 0) {
				// What it was told does not matter.
			}
			return true;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
		catch (IOException ex) {
			return true;
		}
	}

	@Override
	public void close() {
		this.sockets.forEach((socket) -> {
			try {
				socket.close();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		});
	}

}
