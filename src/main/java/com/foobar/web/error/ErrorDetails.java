package com.foobar.web.error;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/**
 * The status and the messages of a failed request. {@link ErrorPages} writes them as JSON
 * for the API, and as a page for browsers.
 *
 * @param errors the messages by their subject: a field, or the requested resource
 */
public record ErrorDetails(HttpStatusCode status, Map<String, List<String>> errors) {

	private static final String ATTRIBUTE = ErrorDetails.class.getName();

	static final ErrorDetails DATABASE_UNAVAILABLE = of(HttpStatus.SERVICE_UNAVAILABLE, "database", "unavailable");

	/**
	 * {@link #DATABASE_UNAVAILABLE} for a balancer, which then tries another instance and
	 * sends the visitor 503 if no instance succeeds.
	 */
	static final ErrorDetails DATABASE_UNREACHABLE = of(HttpStatus.GATEWAY_TIMEOUT, "database", "unavailable");

	static final ErrorDetails OUTCOME_UNKNOWN = of(HttpStatus.SERVICE_UNAVAILABLE, "database",
			"went away while your change was being saved, so it may have been made or not: look before you send it "
					+ "again (a program that sends an Idempotency-Key can simply repeat its request)");

	public static ErrorDetails of(HttpStatusCode status, String key, String message) {
		return new ErrorDetails(status, Map.of(key, List.of(message)));
	}

	/** Returns the messages as sentences for a page. */
	List<String> sentences() {
		return this.errors.entrySet()
			.stream()
			.flatMap((error) -> error.getValue().stream().map((message) -> ErrorMessages.of(error.getKey(), message)))
			.toList();
	}

	/** Ends the request with an error, which {@link ErrorPages} renders. */
	public void send(HttpServletRequest request, HttpServletResponse response) throws IOException {
		request.setAttribute(ATTRIBUTE, this);
		response.sendError(this.status.value());
	}

	/**
	 * Returns the error of a request that was dispatched to the error page. If no
	 * {@link #send} set one, it is made from the status.
	 */
	public static ErrorDetails of(HttpServletRequest request) {
		if (request.getAttribute(ATTRIBUTE) instanceof ErrorDetails error) {
			return error;
		}
		Object code = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
		return of(HttpStatusCode.valueOf((code instanceof Integer status) ? status : 404));
	}

	private static ErrorDetails of(HttpStatusCode status) {
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
