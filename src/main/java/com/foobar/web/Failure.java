package com.foobar.web;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/**
 * What a visitor is told about a request that failed. Handed to {@link ErrorPages}, which
 * tells the API in JSON and people on a page.
 *
 * @param errors messages by what they are about: a field, or the thing that was asked for
 */
record Failure(HttpStatusCode status, Map<String, List<String>> errors) {

	private static final String ATTRIBUTE = Failure.class.getName();

	static final Failure DATABASE_UNAVAILABLE = of(HttpStatus.SERVICE_UNAVAILABLE, "database", "unavailable");

	/**
	 * The same, said to a balancer: it asks another instance, and tells the visitor 503
	 * if there is none.
	 */
	static final Failure DATABASE_UNREACHABLE = of(HttpStatus.GATEWAY_TIMEOUT, "database", "unavailable");

	static final Failure OUTCOME_UNKNOWN = of(HttpStatus.SERVICE_UNAVAILABLE, "database",
			"went away while your change was being saved, so it may have been made or not: look before you send it "
					+ "again (a program that sends an Idempotency-Key can simply repeat its request)");

	static Failure of(HttpStatusCode status, String key, String message) {
		return new Failure(status, Map.of(key, List.of(message)));
	}

	/** The same for people. */
	List<String> sentences() {
		return this.errors.entrySet()
			.stream()
			.flatMap((error) -> error.getValue().stream().map((message) -> Sentences.of(error.getKey(), message)))
			.toList();
	}

	void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
		request.setAttribute(ATTRIBUTE, this);
		response.sendError(this.status.value());
	}

	/** The failure that brought this request to the error page. */
	static Failure of(HttpServletRequest request) {
		if (request.getAttribute(ATTRIBUTE) instanceof Failure known) {
			return known;
		}
		Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
		return of(HttpStatusCode.valueOf((code instanceof Integer status) ? status : 404));
	}

	private static Failure of(HttpStatusCode status) {
		return switch (status.value()) {
			case 403 -> of(status, "request", "forbidden");
			case 404 -> of(status, "path", "not found");
			case 405 -> of(status, "method", "not allowed");
			case 413 -> of(status, "body", "is too large");
			case 415 -> of(status, "content-type", "not supported");
			default -> of(status, "request", status.is4xxClientError() ? "bad request" : "failed");
		};
	}

}
