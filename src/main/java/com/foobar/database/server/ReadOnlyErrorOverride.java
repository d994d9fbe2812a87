package com.foobar.database.server;

import java.sql.SQLException;

import com.zaxxer.hikari.SQLExceptionOverride;

/**
 * Lets go of connections to a server that was the primary. They stay valid and would go
 * on failing.
 */
final class ReadOnlyErrorOverride implements SQLExceptionOverride {

	@java.lang.Override
	public Override adjudicate(SQLException ex) {
		return MySqlError.isOneOf(MySqlError.NOT_PRIMARY, ex) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
	}

}
