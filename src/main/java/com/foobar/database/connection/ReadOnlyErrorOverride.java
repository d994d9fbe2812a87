package com.foobar.database.connection;

import java.sql.SQLException;

import com.zaxxer.hikari.SQLExceptionOverride;

/**
 * Closes a connection after an error in {@link MySqlError#NOT_PRIMARY}. The connection
 * stays valid, but every later write on it would fail too.
 */
final class ReadOnlyErrorOverride implements SQLExceptionOverride {

	@java.lang.Override
	public Override adjudicate(SQLException ex) {
		return MySqlError.isOneOf(MySqlError.NOT_PRIMARY, ex) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
	}

}
