package com.foobar.web.security;

import java.util.Optional;

/**
 * Finds the registered user of a token, so that a token is refused after its user has
 * been deleted or has changed the password.
 */
public interface UserCredentialsLookup {

	/** Finds a user like every other read of the request. */
	Optional<UserCredentials> find(long id);

	/**
	 * Finds a user in a read that sees everything acknowledged. Waits while there is no
	 * primary, and fails if there is none in time.
	 */
	Optional<UserCredentials> findAcknowledged(long id);

}
