package com.foobar.database.routing;

import java.sql.SQLException;

/** A commit was sent and not answered, or not in a way that tells what became of it. */
class CommitOutcomeUnknownException extends SQLException {

	CommitOutcomeUnknownException(SQLException cause) {
		super("The server did not confirm the commit: " + cause.getMessage(), cause.getSQLState(), cause.getErrorCode(),
				cause);
	}

}
