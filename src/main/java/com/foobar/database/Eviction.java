package com.foobar.database;

import java.sql.SQLException;

import com.zaxxer.hikari.SQLExceptionOverride;

/**
 * Lets go of connections to a server that was the primary. They stay valid and would go
 * on failing.
 */
final class Eviction implements SQLExceptionOverride {

	@java.lang.Override
	public Override adjudicate(SQLException ex) {
		return MySqlExceptionTranslator.isNotThePrimary(ex) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
	}

}
