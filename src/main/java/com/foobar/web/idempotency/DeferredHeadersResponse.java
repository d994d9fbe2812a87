package com.foobar.web.idempotency;

import java.util.ArrayList;
import java.util.List;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * Collects the headers that a handler adds with {@link #addHeader} instead of sending
 * them. They are sent after the transaction has committed, so that a rolled back
 * registration sends no sign-in cookie. Not thread-safe.
 */
class DeferredHeadersResponse extends HttpServletResponseWrapper {

	private final List<StoredResponse.Header> headers = new ArrayList<>();

	DeferredHeadersResponse(HttpServletResponse response) {
		super(response);
	}

	@Override
	public void addHeader(String name, String value) {
		this.headers.add(new StoredResponse.Header(name, value));
	}

	List<StoredResponse.Header> headers() {
		return this.headers;
	}

}
