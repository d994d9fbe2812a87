package com.foobar.database;

import java.sql.SQLException;
import java.util.Set;

import com.zaxxer.hikari.SQLExceptionOverride;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * What it means when a server that was the primary refuses a write: the primary is
 * another one now. Connections to the old one stay valid and would go on failing, so they
 * are closed, and who asked is told to come back.
 */
final class ReadOnlyServer implements SQLExceptionOverride, SQLExceptionTranslator {

	// ER_OPTION_PREVENTS_STATEMENT and ER_READ_ONLY_MODE. Neither had any effect.
	private static final Set<Integer> REFUSALS = Set.of(1290, 1836);

	@java.lang.Override
	public Override adjudicate(SQLException ex) {
		return refusesWrites(ex) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
	}

	@java.lang.Override
	public @Nullable DataAccessException translate(String task, @Nullable String sql, SQLException ex) {
		return refusesWrites(ex) ? new NoServerException("The server accepts no writes", ex) : null;
	}

	private static boolean refusesWrites(SQLException ex) {
		return REFUSALS.contains(ex.getErrorCode());
	}

}
