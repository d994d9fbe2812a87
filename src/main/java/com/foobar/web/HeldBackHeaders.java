package com.foobar.web;

import java.util.ArrayList;
import java.util.List;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * A response that holds back what a handler adds to its headers, with {@link #addHeader},
 * until the transaction has committed: nobody is signed in who was not registered after
 * all.
 */
class HeldBackHeaders extends HttpServletResponseWrapper {

	private final List<Answer.Header> headers = new ArrayList<>();

	HeldBackHeaders(HttpServletResponse response) {
		super(response);
	}

	@Override
	public void addHeader(String name, String value) {
		this.headers.add(new Answer.Header(name, value));
	}

	List<Answer.Header> headers() {
		return this.headers;
	}

}
