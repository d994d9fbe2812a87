package com.foobar.database;

import org.springframework.dao.TransientDataAccessResourceException;

/**
 * A server took the transaction and then refused it whole, or went away before it had
 * answered any of it. Nothing of it happened, so it may be run again.
 */
public class TransactionRolledBackException extends TransientDataAccessResourceException {

	public TransactionRolledBackException(String message, Throwable cause) {
		super(message, cause);
	}

}
