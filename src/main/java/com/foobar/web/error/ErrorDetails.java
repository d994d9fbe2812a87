package com.foobar.web.error;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.StringUtils;

/**
 * The status and the messages of a failed request. {@link ErrorPages} writes them as JSON
 * for the API, and as a page for browsers.
 *
 * @param errors the messages of the API by their subject: a field, or the requested
 * resource
 * @param sentences the messages of a page
 */
public record ErrorDetails(HttpStatusCode status, Map<String, List<String>> errors, List<String> sentences) {

	private static final String ATTRIBUTE = ErrorDetails.class.getName();

	static final ErrorDetails DATABASE_UNAVAILABLE = databaseUnavailable(HttpStatus.SERVICE_UNAVAILABLE);

	/**
	 * {@link #DATABASE_UNAVAILABLE} for a balancer, which then tries another instance and
	 * sends the visitor 503 if no instance succeeds.
	 */
	static final ErrorDetails DATABASE_UNREACHABLE = databaseUnavailable(HttpStatus.GATEWAY_TIMEOUT);

	static final ErrorDetails OUTCOME_UNKNOWN = of(HttpStatus.SERVICE_UNAVAILABLE, "database",
			"went away while your change was being saved, so it may have been made or not: look before you send it "
					+ "again (a program that sends an Idempotency-Key can simply repeat its request)");

	/** Creates an error whose sentences are made of its messages. */
	ErrorDetails(HttpStatusCode status, Map<String, List<String>> errors) {
		this(status, errors, errors.entrySet()
			.stream()
			.flatMap((error) -> error.getValue().stream().map((message) -> label(error.getKey()) + " " + message))
			.map(StringUtils::capitalize)
			.toList());
	}

	// The subject's name on pages.
	private static String label(String subject) {
		return switch (subject) {
			case "body" -> "text";
			case "tagList" -> "tags";
			case "image" -> "picture";
			case "currentPassword" -> "current password";
			default -> subject;
		};
	}

	/**
	 * Creates an error.
	 * @param subject the subject of the error, by its name in the API
	 * @param message what is wrong with it
	 */
	public static ErrorDetails of(HttpStatusCode status, String subject, String message) {
		return new ErrorDetails(status, Map.of(subject, List.of(message)));
	}

	/** Returns this error with another sentence for a page. */
	public ErrorDetails withSentence(String sentence) {
		return new ErrorDetails(this.status, this.errors, List.of(sentence));
	}

	private static ErrorDetails databaseUnavailable(HttpStatus status) {
		return of(status, "database", "unavailable")
			.withSentence("Our database did not answer in time. Try again in a moment.");
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
			case 404 -> of(status, "path", "not found").withSentence("Nothing has this address.");
			case 405 -> of(status, "method", "not allowed")
				.withSentence("This address only takes forms. Go back, and press the button there.");
			case 413 -> of(status, "body", "is too large");
			case 415 -> of(status, "content-type", "not supported");
			default -> status.is4xxClientError() ? of(status, "request", "bad request") : failed(status);
		};
	}

	private static ErrorDetails failed(HttpStatusCode status) {
		return of(status, "request", "failed").withSentence("It is our fault, not yours, and we have been told.");
	}

}
