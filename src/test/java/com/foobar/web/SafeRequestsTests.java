package com.foobar.web;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests which HTTP methods count as safe in the sense of RFC 9110. */
class SafeRequestsTests {

	@ParameterizedTest
	@ValueSource(strings = { "GET", "HEAD", "OPTIONS", "TRACE" })
	void methodsThatOnlyReadAreSafe(String method) {
		assertThat(SafeRequests.hasSafeMethod(new MockHttpServletRequest(method, "/"))).isTrue();
	}

	// The names of methods are case-sensitive.
	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "PATCH", "DELETE", "PROPFIND", "get" })
	void allOtherMethodsAreNot(String method) {
		assertThat(SafeRequests.hasSafeMethod(new MockHttpServletRequest(method, "/"))).isFalse();
	}

}
