package com.foobar.load;

import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * What the site answered.
 *
 * @param status 0 where no answer came
 * @param position up to where in history its receiver has seen
 * @param degraded whether it may be older than it should be
 * @param detail for whoever looks into it later
 */
record Answer(int status, String body, Optional<String> position, boolean degraded, String detail) {

	static Answer of(HttpResponse<String> response) {
		return new Answer(response.statusCode(), response.body(), response.headers().firstValue("Consistency-Token"),
				response.headers().firstValue("Consistency-Degraded").isPresent(), detail(response));
	}

	/** None came. */
	static Answer none(Throwable reason) {
		return new Answer(0, "", Optional.empty(), false, String.valueOf(reason));
	}

	private static String detail(HttpResponse<String> response) {
		return "%d of %s, request %s".formatted(response.statusCode(),
				response.headers().firstValue("X-Served-By").orElse("nobody"),
				response.headers().firstValue("X-Request-Id").orElse("without id"));
	}

}
