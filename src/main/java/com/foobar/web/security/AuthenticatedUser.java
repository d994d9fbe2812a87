package com.foobar.web.security;

import java.util.Optional;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;

/**
 * A signed-in user: the principal of a request. Controllers get it with
 * {@link org.springframework.security.core.annotation.AuthenticationPrincipal}; it is
 * null for an anonymous visitor.
 *
 * @param id the user's primary key, which stays the same when the name changes
 * @param image the address of the user's picture, or null if the user has none
 */
public record AuthenticatedUser(long id, String username, @Nullable String image) {

	/**
	 * Returns the user's id, or 0 for an anonymous visitor. No user has the id 0, so
	 * queries for follows and favorites find none.
	 */
	public static long idOf(@Nullable AuthenticatedUser user) {
		return (user != null) ? user.id() : 0;
	}

	/** Returns the user who sent a request, if that user is signed in. */
	public static Optional<AuthenticatedUser> of(HttpServletRequest request) {
		return of((request.getUserPrincipal() instanceof Authentication authentication) ? authentication : null);
	}

	/** Returns the user of an authentication, if it is one of a signed-in user. */
	public static Optional<AuthenticatedUser> of(@Nullable Authentication authentication) {
		return (authentication != null && authentication.getPrincipal() instanceof AuthenticatedUser user)
				? Optional.of(user) : Optional.empty();
	}

}
