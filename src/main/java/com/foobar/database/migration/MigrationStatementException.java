package com.foobar.database.migration;

import java.sql.SQLException;

/**
 * Thrown when a statement of a migration fails. Also says what the operator can do.
 */
class MigrationStatementException extends SQLException {

	private final String remedy;

	MigrationStatementException(String problem, String remedy) {
		super(problem);
		this.remedy = remedy;
	}

	MigrationStatementException(String problem, String remedy, SQLException cause) {
		super(problem, cause.getSQLState(), cause.getErrorCode(), cause);
		this.remedy = remedy;
	}

	String remedy() {
		return this.remedy;
	}

}
