package com.foobar.web.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;

/**
 * Which part of a list the API is asked for, where the public contract knows no parts. A
 * client that names none gets the first, as long as it may be, and a link to the next.
 *
 * @param limit how many to list at most
 * @param offset how many to leave out
 */
public record PageRequest(int limit, int offset) {

	/** The largest limit, and that of a client that names none. */
	public static final int MOST = 1000;

	/**
	 * Checks what a client asks for.
	 * @throws OutOfRangeException if there is no such part
	 */
	public PageRequest {
		if (limit < 1 || limit > MOST) {
			throw new OutOfRangeException("limit", limit, "must be between 1 and " + MOST);
		}
		if (offset < 0) {
			throw new OutOfRangeException("offset", offset, "must not be negative");
		}
	}

	/**
	 * Tells the client where the list goes on.
	 * @param shown how many are listed now, which may be fewer than it asked for
	 */
	public void linkToNext(int shown, HttpServletRequest request, HttpServletResponse response) {
		String next = "%s?limit=%d&offset=%d".formatted(request.getRequestURI(), this.limit,
				(long) this.offset + shown);
		response.setHeader(HttpHeaders.LINK, "<%s>; rel=\"next\"".formatted(next));
	}

}
