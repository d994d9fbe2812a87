package com.foobar.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** The site as its clients see it: an address that answers. */
final class Site {

	// The site itself may hold a write for 15 seconds.
	private static final int PATIENCE_SECONDS = 20;

	private final HttpClient http;

	private final URI address;

	Site(String address, HttpClient.Version version, Trust trust) {
		this.address = URI.create(address);
		this.http = HttpClient.newBuilder().version(version).sslContext(trust.context()).build();
	}

	Answer get(String path, Map<String, String> headers) {
		return send(request(path, headers));
	}

	Answer post(String path, String json, Map<String, String> headers) {
		return send(
				request(path, headers).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
	}

	private HttpRequest.Builder request(String path, Map<String, String> headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.address.resolve(path));
		headers.forEach(request::header);
		return request;
	}

	// The client's own timeout ends with an answer's first byte, not with its last.
	private Answer send(HttpRequest.Builder request) {
		try {
			return Answer.of(this.http.sendAsync(request.build(), BodyHandlers.ofString())
				.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
				.join());
		}
		catch (CompletionException ex) {
			return Answer.none(ex.getCause());
		}
	}

}
