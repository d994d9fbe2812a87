package com.foobar.database;

import java.sql.SQLTransientConnectionException;

/** There is no connection to a server, and the server is to blame. Nothing was sent. */
class UnreachableException extends SQLTransientConnectionException {

	UnreachableException(SQLTransientConnectionException cause) {
		super(cause.getMessage(), cause.getSQLState(), cause);
	}

}
