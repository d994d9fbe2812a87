package com.foobar.web.idempotency;

import java.util.ArrayList;
import java.util.List;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * A response that holds back what a handler adds to its headers, with {@link #addHeader},
 * until the transaction has committed: nobody is signed in who was not registered after
 * all.
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
