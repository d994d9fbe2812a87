package com.foobar.database;

import java.sql.SQLTransientConnectionException;

/** There is no connection to a server, and the server is to blame. Nothing was sent. */
public class UnreachableException extends SQLTransientConnectionException {

	public UnreachableException(SQLTransientConnectionException cause) {
		super(cause.getMessage(), cause.getSQLState(), cause);
	}

}
