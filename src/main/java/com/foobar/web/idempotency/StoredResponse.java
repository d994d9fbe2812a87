package com.foobar.web.idempotency;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The response to a request, as {@link IdempotencyRecords} stores it in JSON.
 *
 * @param request SHA-256 of the request's content, in hexadecimal digits
 * @param status the status of an API response; not used for a page, whose view sets it
 * @param headers the headers that the handler added, such as a cookie
 * @param content the JSON body of an API response, or null; the view's name of a page
 */
record StoredResponse(String request, int status, List<Header> headers, @Nullable String content) {

	private static final Header REPLAYED = new Header("Idempotency-Replayed", "true");

	/** Returns this response, marked as a repeat. */
	StoredResponse replayed() {
		List<Header> extended = Stream.concat(this.headers.stream(), Stream.of(REPLAYED)).toList();
		return new StoredResponse(this.request, this.status, extended, this.content);
	}

	/** A header of a response. */
	record Header(String name, String value) {
	}

}
