package com.foobar.database;

import java.sql.SQLTransientConnectionException;

/**
 * Thrown when no connection to a server can be opened because of the server. Nothing was
 * sent to it.
 */
public class UnreachableException extends SQLTransientConnectionException {

	public UnreachableException(SQLTransientConnectionException cause) {
		super(cause.getMessage(), cause.getSQLState(), cause);
	}

}
