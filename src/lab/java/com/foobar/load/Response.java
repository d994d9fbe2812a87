package com.foobar.load;

import java.net.http.HttpResponse;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A response of the site, or the absence of one. Immutable.
 *
 * @param status the HTTP status; 0 if no response came
 * @param position the position that the client has seen with this response
 * @param degraded whether the response may be older than the site's consistency promises
 * @param detail a description for later analysis
 */
record Response(int status, String body, Optional<String> position, boolean degraded, String detail) {

	static Response of(HttpResponse<String> response) {
		return new Response(response.statusCode(), response.body(), response.headers().firstValue("Consistency-Token"),
				response.headers().firstValue("Consistency-Degraded").isPresent(), detail(response));
	}

	/** Returns the result of a request without response. */
	static Response none(@Nullable Throwable reason) {
		return new Response(0, "", Optional.empty(), false, String.valueOf(reason));
	}

	private static String detail(HttpResponse<String> response) {
		return "%d of %s, request %s".formatted(response.statusCode(),
				response.headers().firstValue("X-Served-By").orElse("an unknown instance"),
				response.headers().firstValue("X-Request-Id").orElse("without id"));
	}

}
