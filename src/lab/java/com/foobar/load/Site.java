package com.foobar.load;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** An HTTP client of the site. Safe for use by several threads. */
final class Site {

	// The site can hold a write for 15 seconds while there is no primary.
	private static final int TIMEOUT_SECONDS = 20;

	private final HttpClient http;

	private final URI address;

	Site(String address, HttpClient.Version version, Trust trust) {
		this.address = URI.create(address);
		this.http = HttpClient.newBuilder().version(version).sslContext(trust.context()).build();
	}

	Response get(String path, Map<String, String> headers) {
		return send(request(path, headers));
	}

	Response post(String path, String json, Map<String, String> headers) {
		return send(
				request(path, headers).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
	}

	private HttpRequest.Builder request(String path, Map<String, String> headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.address.resolve(path));
		headers.forEach(request::header);
		return request;
	}

	// HttpClient's own timeout covers only the time until the response headers.
	private Response send(HttpRequest.Builder request) {
		try {
			return Response.of(this.http.sendAsync(request.build(), BodyHandlers.ofString())
				.orTimeout(TIMEOUT_SECONDS, TimeUnit.SECONDS)
				.join());
		}
		catch (CompletionException ex) {
			return Response.none(ex.getCause());
		}
	}

}
