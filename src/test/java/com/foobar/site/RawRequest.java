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
 * A request that goes over the wire unchanged, even if it is malformed: HTTP clients
 * would correct or reject it.
 *
 * @param headers in ISO 8859-1, one byte for each character, like the target
 */
record RawRequest(String method, String target, Map<String, String> headers, byte[] body) {

	record Answer(int status, HttpHeaders headers, byte[] body) {
	}

	Answer send(int port) throws IOException {
		try (var socket = new Socket("localhost", port)) {
			socket.setSoTimeout(20_000);
			try {
				socket.getOutputStream().write(bytes());
			}
			catch (IOException ex) {
				// The server responded before it had read the whole request.
				LogFactory.getLog(RawRequest.class).debug("Cut off", ex);
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

	private static Answer read(InputStream in) throws IOException {
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
		byte[] bytes = (chunked ? join(body) : body).getBytes(ISO_8859_1);
		boolean packed = "gzip".equals(headers.getFirst(HttpHeaders.CONTENT_ENCODING)) && bytes.length > 0;
		return new Answer(Integer.parseInt(head[0].split(" ")[1]), headers, packed ? gunzip(bytes) : bytes);
	}

	private static byte[] gunzip(byte[] packed) throws IOException {
		try (var in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
			return in.readAllBytes();
		}
	}

	private static String join(String chunks) {
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
		String said = new String(this.body, ISO_8859_1);
		String shown = (said.length() > 2000) ? said.substring(0, 2000) + "... (" + said.length() + ")" : said;
		return this.method + " " + this.target + " " + this.headers + "\n" + shown;
	}

}
