package com.foobar.database;

import org.springframework.dao.DataAccessException;

/**
 * Thrown when it is unknown whether a transaction was committed, because the connection
 * was lost during the commit or the replication group did not agree to it in time
 * (ER_RUN_HOOK_ERROR). A retry could apply the transaction twice, unless it is
 * idempotent, for example because it inserts a row with a unique key.
 */
public class UnknownOutcomeException extends DataAccessException {

	public UnknownOutcomeException(String message, Throwable cause) {
		super(message, cause);
	}

}
