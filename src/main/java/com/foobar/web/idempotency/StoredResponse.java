package com.foobar.web.idempotency;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * What a request was answered.
 *
 * @param request a hash of what it said
 * @param status of the API's answers; a redirect has its own
 * @param headers what the handler itself added, such as a cookie
 * @param content of the API's answers JSON, if anything; of pages the name of a view
 */
record StoredResponse(String request, int status, List<Header> headers, @Nullable String content) {

	private static final Header REPLAYED = new Header("Idempotency-Replayed", "true");

	/** The same, but given again. */
	StoredResponse replayed() {
		List<Header> more = Stream.concat(this.headers.stream(), Stream.of(REPLAYED)).toList();
		return new StoredResponse(this.request, this.status, more, this.content);
	}

	/** A line above an answer. */
	record Header(String name, String value) {
	}

}
