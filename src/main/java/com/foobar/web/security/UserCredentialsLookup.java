package com.foobar.web.security;

import java.util.Optional;

/**
 * Knows who has registered, so that a token of somebody who is gone, or whose password
 * has changed, opens nothing.
 */
public interface UserCredentialsLookup {

	Optional<UserCredentials> find(long id);

	/**
	 * The same, as of everything acknowledged. Waits while there is no primary to tell
	 * what that is, and fails if there is none in time.
	 */
	Optional<UserCredentials> findAcknowledged(long id);

}
