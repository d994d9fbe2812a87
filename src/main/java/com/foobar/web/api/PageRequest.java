package com.foobar.web.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;

/**
 * A page of a list, for lists that the API's public contract does not paginate. A client
 * that names no page gets the first one, with the largest limit, and a link to the next.
 *
 * @param limit the largest number of entries, 1 to {@value #MAX_LIMIT}
 * @param offset the number of entries to skip
 */
public record PageRequest(int limit, int offset) {

	/** The largest limit, and the default. */
	public static final int MAX_LIMIT = 1000;

	/**
	 * Creates a page request.
	 * @throws OutOfRangeException if the limit or the offset is out of range
	 */
	public PageRequest {
		if (limit < 1 || limit > MAX_LIMIT) {
			throw new OutOfRangeException("limit", limit, "must be between 1 and " + MAX_LIMIT);
		}
		if (offset < 0) {
			throw new OutOfRangeException("offset", offset, "must not be negative");
		}
	}

	/**
	 * Adds a {@code Link} header with the address of the next page.
	 * @param shown the number of entries on this page, which may be less than the limit
	 */
	public void linkToNext(int shown, HttpServletRequest request, HttpServletResponse response) {
		String next = "%s?limit=%d&offset=%d".formatted(request.getRequestURI(), this.limit,
				(long) this.offset + shown);
		response.setHeader(HttpHeaders.LINK, "<%s>; rel=\"next\"".formatted(next));
	}

}
