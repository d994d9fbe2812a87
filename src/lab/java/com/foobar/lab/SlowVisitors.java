package com.foobar.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Connections on which visitors begin a request and never finish it. */
record SlowVisitors(List<Socket> sockets) implements AutoCloseable {

	static SlowVisitors withHalfAHeader(int number) {
		return connect(number, "GET / HTTP/1.1\r\nHost: localhost\r\n");
	}

	/**
	 * Opens connections and sends a part of a form on each of them, more than the
	 * balancer awaits before it contacts a server.
	 */
	static SlowVisitors withHalfAForm(int number) {
		return connect(number, "POST /login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000\r\n"
				+ "Content-Type: application/x-www-form-urlencoded\r\n\r\n" + "a".repeat(40_000));
	}

	private static SlowVisitors connect(int number, String request) {
		return new SlowVisitors(Stream.generate(() -> sendStart(request)).limit(number).toList());
	}

	private static Socket sendStart(String request) {
		try {
			// The connections avoid the lab's published port, which is slow with so many.
			var socket = new Socket(Lab.ADDRESS, 80);
			socket.setSoTimeout(100);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			return socket;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Returns whether each connection got a response or was closed. */
	boolean allTurnedAway() {
		return this.sockets.stream().allMatch(SlowVisitors::isTurnedAway);
	}

	private static boolean isTurnedAway(Socket socket) {
		try {
			InputStream response = socket.getInputStream();
			return response.available() > 0 || response.read() < 0;
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
