package com.foobar.database;

import org.springframework.dao.DataAccessException;

/**
 * A connection was lost while a transaction committed: whether it had its effect is not
 * known. Doing it again could do it twice, unless it leaves a mark that can only be left
 * once.
 */
public class UnknownOutcomeException extends DataAccessException {

	public UnknownOutcomeException(String message, Throwable cause) {
		super(message, cause);
	}

}
