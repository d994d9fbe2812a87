package com.foobar.database;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.util.Set;

import com.zaxxer.hikari.SQLExceptionOverride;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * What it means for a transaction that a server refused it or was lost: that it had no
 * effect, or that nobody knows. What is not listed here is left to Spring.
 */
final class Refusals implements SQLExceptionOverride, SQLExceptionTranslator {

	// ER_OPTION_PREVENTS_STATEMENT and ER_READ_ONLY_MODE: a server that was the primary.
	// Connections to it stay valid and would go on failing.
	private static final Set<Integer> NOT_THE_PRIMARY = Set.of(1290, 1836);

	// ER_LOCK_WAIT_TIMEOUT, ER_LOCK_DEADLOCK and ER_TRANSACTION_ROLLBACK_DURING_COMMIT.
	// With the two above, these alone are sure to have had no effect when they answer a
	// commit. 3100 is not among them: a group may commit what was answered so.
	private static final Set<Integer> ROLLED_BACK = Set.of(1205, 1213, 3101);

	static boolean hadNoEffect(SQLException ex) {
		return NOT_THE_PRIMARY.contains(ex.getErrorCode()) || ROLLED_BACK.contains(ex.getErrorCode());
	}

	private static boolean connectionLost(SQLException ex) {
		return ex instanceof SQLRecoverableException || ex instanceof SQLNonTransientConnectionException;
	}

	@java.lang.Override
	public Override adjudicate(SQLException ex) {
		return NOT_THE_PRIMARY.contains(ex.getErrorCode()) ? Override.MUST_EVICT : Override.CONTINUE_EVICT;
	}

	@java.lang.Override
	public @Nullable DataAccessException translate(String task, @Nullable String sql, SQLException ex) {
		if (ex instanceof CommitLostException) {
			RoutedConnection.suspect();
			return new UnknownOutcomeException("Whether the transaction was committed is not known", ex);
		}
		if (connectionLost(ex) || NOT_THE_PRIMARY.contains(ex.getErrorCode())) {
			RoutedConnection.suspect();
		}
		if (hadNoEffect(ex)) {
			return new NoEffectException("The server refused the transaction", ex);
		}
		if (connectionLost(ex)) {
			return lost(ex);
		}
		return null;
	}

	// Without a connection there is no transaction: each statement commits by itself.
	private static @Nullable DataAccessException lost(SQLException ex) {
		if (!RoutedConnection.isOpen()) {
			return new UnknownOutcomeException("Whether the statement was executed is not known", ex);
		}
		return RoutedConnection.nothingAnswered()
				? new NoEffectException("The connection was lost before the transaction began", ex) : null;
	}

}
