package com.foobar.database.routing;

import java.sql.SQLException;

/**
 * Thrown when a commit was sent and the server did not respond, or responded with an
 * error that does not say whether it committed.
 */
class CommitOutcomeUnknownException extends SQLException {

	CommitOutcomeUnknownException(SQLException cause) {
		super("The server did not confirm the commit: " + cause.getMessage(), cause.getSQLState(), cause.getErrorCode(),
				cause);
	}

}
