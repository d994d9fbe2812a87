package com.foobar.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
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
				+ "Content-Type: application/x-www-form-urlencoded\r\n\r\n" + "a".repeat(40_000));
	}

	private static SlowVisitors come(int number, String request) {
		return new SlowVisitors(Stream.generate(() -> begin(request)).limit(number).toList());
	}

	private static Socket begin(String request) {
		try {
			// Not through the lab's door, which is slow with so many.
			var socket = new Socket(Lab.ADDRESS, 80);
			socket.setSoTimeout(100);
			socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			return socket;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Whether each has been told to go, or cut off. */
	boolean allTurnedAway() {
		return this.sockets.stream().allMatch(SlowVisitors::isTurnedAway);
	}

	private static boolean isTurnedAway(Socket socket) {
		try {
			InputStream answer = socket.getInputStream();
			return answer.available() > 0 || answer.read() < 0;
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
