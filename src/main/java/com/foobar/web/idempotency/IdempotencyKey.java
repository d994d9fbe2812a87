package com.foobar.web.idempotency;

import java.util.Optional;
import java.util.regex.Pattern;

import com.foobar.web.security.AuthenticatedUser;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Identifies repeats of one request.
 *
 * @param owner the visitor's id, or 0: visitors need not know each other's keys
 */
public record IdempotencyKey(long owner, String value) {

	static final String HEADER = "Idempotency-Key";

	/** What a form calls it. */
	public static final String FIELD = "idempotencyKey";

	private static final Pattern VALUE = Pattern.compile("[!-~]{1,255}");

	public IdempotencyKey {
		if (!VALUE.matcher(value).matches()) {
			throw IdempotencyKeyException.malformed(value);
		}
	}

	/**
	 * The key that came with a request, if one did.
	 * @throws IdempotencyKeyException if it cannot be one
	 */
	static Optional<IdempotencyKey> of(HttpServletRequest request) {
		return Optional.ofNullable(request.getHeader(HEADER))
			.or(() -> Optional.ofNullable(request.getParameter(FIELD)))
			.map((value) -> new IdempotencyKey(AuthenticatedUser.idOf(AuthenticatedUser.of(request).orElse(null)),
					value));
	}

}
