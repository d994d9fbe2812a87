package com.foobar.database;

import java.sql.SQLException;

/** A commit was sent and not answered, or not in a way that tells what became of it. */
class CommitLostException extends SQLException {

	CommitLostException(SQLException cause) {
		super("The server did not confirm the commit: " + cause.getMessage(), cause.getSQLState(), cause.getErrorCode(),
				cause);
	}

}
