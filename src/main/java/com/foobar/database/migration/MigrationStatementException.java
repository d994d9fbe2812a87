package com.foobar.database.migration;

import java.sql.SQLException;

/** A statement of a migration that failed, and what a person can do about it. */
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
