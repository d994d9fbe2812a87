package com.foobar.database;

import org.springframework.dao.TransientDataAccessResourceException;

/**
 * Thrown when a server refused or rolled back a whole transaction, or was lost before it
 * answered the first statement. The transaction had no effect, so it may be retried.
 */
public class TransactionRolledBackException extends TransientDataAccessResourceException {

	public TransactionRolledBackException(String message, Throwable cause) {
		super(message, cause);
	}

}
