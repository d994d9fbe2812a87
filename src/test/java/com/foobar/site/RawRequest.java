package com.foobar.site;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Map;
import java.util.zip.GZIPInputStream;

import org.apache.commons.logging.LogFactory;
import org.springframework.http.HttpHeaders;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/**
 * A request that is sent unchanged even if it is malformed, because HTTP clients would
 * correct or reject it.
 *
 * @param target the target, which is sent in ISO 8859-1, one byte for each character
 * @param headers the headers, which are sent in ISO 8859-1 too
 */
record RawRequest(String method, String target, Map<String, String> headers, byte[] body) {

	record Response(int status, HttpHeaders headers, byte[] body) {
	}

	/**
	 * Sends the request on a new connection, and reads the response.
	 * @throws java.net.SocketTimeoutException if no part of the response arrives within
	 * 20 seconds
	 */
	Response send(int port) throws IOException {
		try (var socket = new Socket("localhost", port)) {
			socket.setSoTimeout(20_000);
			try {
				socket.getOutputStream().write(bytes());
			}
			catch (IOException ex) {
				// The application responded before it had read the whole request.
				LogFactory.getLog(RawRequest.class).debug("The connection closed during the request", ex);
			}
			return read(socket.getInputStream());
		}
	}

	private byte[] bytes() throws IOException {
		var bytes = new ByteArrayOutputStream();
		bytes.write((this.method + " " + this.target + " HTTP/1.1\r\nHost: localhost\r\n").getBytes(ISO_8859_1));
		for (var header : this.headers.entrySet()) {
			bytes.write((header.getKey() + ": " + header.getValue() + "\r\n").getBytes(ISO_8859_1));
		}
		bytes.write(("Content-Length: " + this.body.length + "\r\nConnection: close\r\n\r\n").getBytes(ISO_8859_1));
		bytes.write(this.body);
		return bytes.toByteArray();
	}

	private static Response read(InputStream in) throws IOException {
		String text = new String(in.readAllBytes(), ISO_8859_1);
		int end = text.indexOf("\r\n\r\n");
		String[] head = text.substring(0, end).split("\r\n");
		var headers = new HttpHeaders();
		for (int i = 1; i < head.length; i++) {
			String[] header = head[i].split(": ?", 2);
			headers.add(header[0], header[1]);
		}
		String body = text.substring(end + 4);
		boolean chunked = "chunked".equals(headers.getFirst(HttpHeaders.TRANSFER_ENCODING));
		byte[] bytes = (chunked ? joinChunks(body) : body).getBytes(ISO_8859_1);
		boolean compressed = "gzip".equals(headers.getFirst(HttpHeaders.CONTENT_ENCODING)) && bytes.length > 0;
		return new Response(Integer.parseInt(head[0].split(" ")[1]), headers, compressed ? gunzip(bytes) : bytes);
	}

	private static byte[] gunzip(byte[] compressed) throws IOException {
		try (var in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
			return in.readAllBytes();
		}
	}

	private static String joinChunks(String chunks) {
		var joined = new StringBuilder();
		for (int at = 0; at < chunks.length();) {
			int line = chunks.indexOf("\r\n", at);
			int size = Integer.parseInt(chunks.substring(at, line), 16);
			joined.append(chunks, line + 2, line + 2 + size);
			at = line + size + 4;
		}
		return joined.toString();
	}

	@Override
	public String toString() {
		String text = new String(this.body, ISO_8859_1);
		String shown = (text.length() > 2000) ? text.substring(0, 2000) + "... (" + text.length() + ")" : text;
		return this.method + " " + this.target + " " + this.headers + "\n" + shown;
	}

}
