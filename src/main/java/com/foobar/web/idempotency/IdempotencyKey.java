package com.foobar.web.idempotency;

import java.util.Optional;
import java.util.regex.Pattern;

import com.foobar.web.security.AuthenticatedUser;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Identifies the repeats of a request. The constructor throws
 * {@link IdempotencyKeyException} if the value is malformed.
 *
 * @param owner the id of the signed-in user, or 0: each user has keys of their own
 * @param value 1 to 255 visible ASCII characters
 */
public record IdempotencyKey(long owner, String value) {

	static final String HEADER = "Idempotency-Key";

	/** Name of the form field that carries the key. */
	public static final String FIELD = "idempotencyKey";

	private static final Pattern VALUE = Pattern.compile("[!-~]{1,255}");

	public IdempotencyKey {
		if (!VALUE.matcher(value).matches()) {
			throw IdempotencyKeyException.malformed(value);
		}
	}

	/**
	 * Reads the key from the header of a request, or from its form.
	 * @throws IdempotencyKeyException if the key is malformed
	 */
	static Optional<IdempotencyKey> of(HttpServletRequest request) {
		return Optional.ofNullable(request.getHeader(HEADER))
			.or(() -> Optional.ofNullable(request.getParameter(FIELD)))
			.map((value) -> new IdempotencyKey(AuthenticatedUser.idOf(AuthenticatedUser.of(request).orElse(null)),
					value));
	}

}
