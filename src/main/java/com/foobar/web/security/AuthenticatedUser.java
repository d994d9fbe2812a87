package com.foobar.web.security;

import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * Somebody who is signed in: the principal of a request, injected with
 * {@link org.springframework.security.core.annotation.AuthenticationPrincipal}. Null for
 * everybody else.
 *
 * @param id stays the same when the name changes
 * @param image the address of a picture, or null when none was chosen
 */
public record AuthenticatedUser(long id, String username, @Nullable String image) {

	/** The id, or one that nobody has: an anonymous reader follows and likes nothing. */
	public static long idOf(@Nullable AuthenticatedUser visitor) {
		return (visitor != null) ? visitor.id() : 0;
	}

	/** Who sent a request, if they are signed in. */
	public static Optional<AuthenticatedUser> of(HttpServletRequest request) {
		return of((request.getUserPrincipal() instanceof Authentication asking) ? asking : null);
	}

	/** Who was recognised, if they are signed in. */
	public static Optional<AuthenticatedUser> of(@Nullable Authentication authentication) {
		return (authentication != null && authentication.getPrincipal() instanceof AuthenticatedUser visitor)
				? Optional.of(visitor) : Optional.empty();
	}

}
