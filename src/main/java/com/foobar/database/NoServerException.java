package com.foobar.database;

import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Thrown when no server can run a transaction now. A later attempt may succeed.
 */
public class NoServerException extends TransientDataAccessResourceException {

	public NoServerException(String message) {
		super(message);
	}

}
