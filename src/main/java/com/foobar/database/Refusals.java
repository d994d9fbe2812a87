package com.foobar.database;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.util.Set;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What it means for a transaction that a server refused it or was lost: that it had no
 * effect, or that nobody knows. What is not listed here is left to Spring.
 */
final class Refusals implements SQLExceptionTranslator {

	// ER_OPTION_PREVENTS_STATEMENT and ER_READ_ONLY_MODE: a server that was the primary;
	// and 4094 of one that hands over to another, and begins nothing more.
	private static final Set<Integer> NOT_THE_PRIMARY = Set.of(1290, 1836, 4094);

	// ER_LOCK_WAIT_TIMEOUT, ER_LOCK_DEADLOCK and ER_TRANSACTION_ROLLBACK_DURING_COMMIT.
	// With the two above, these alone are sure to have had no effect when they answer a
	// commit.
	private static final Set<Integer> ROLLED_BACK = Set.of(1205, 1213, 3101);

	// ER_RUN_HOOK_ERROR, whatever statement it answers: the group may yet commit it.
	private static final int GROUP_DID_NOT_AGREE = 3100;

	// ER_QUERY_INTERRUPTED, ER_SERVER_OFFLINE_MODE, ER_SESSION_WAS_KILLED and what a
	// group
	// answers that cannot make sure of its consistency.
	private static final Set<Integer> GOING_AWAY = Set.of(1317, 3032, 3169, 3796, 3797, 3798, 3799, 6400);

	private final Counter unknown;

	Refusals(MeterRegistry meters) {
		this.unknown = meters.counter("database.outcomes.unknown");
	}

	static boolean isNotThePrimary(SQLException ex) {
		return NOT_THE_PRIMARY.contains(ex.getErrorCode());
	}

	static boolean hadNoEffect(SQLException ex) {
		return isNotThePrimary(ex) || ROLLED_BACK.contains(ex.getErrorCode());
	}

	private static boolean connectionLost(SQLException ex) {
		return ex instanceof SQLRecoverableException || ex instanceof SQLNonTransientConnectionException;
	}

	@Override
	public @Nullable DataAccessException translate(String task, @Nullable String sql, SQLException ex) {
		if (connectionLost(ex) || isNotThePrimary(ex) || ex instanceof CommitLostException) {
			RoutedConnection.suspect();
		}
		if (ex instanceof CommitLostException || ex.getErrorCode() == GROUP_DID_NOT_AGREE) {
			return unknown(ex);
		}
		if (hadNoEffect(ex)) {
			return new NoEffectException("The server refused the transaction", ex);
		}
		if (connectionLost(ex)) {
			return lost(ex);
		}
		return GOING_AWAY.contains(ex.getErrorCode()) ? new RecoverableDataAccessException("The server goes away", ex)
				: null;
	}

	// Without a transaction each statement commits by itself.
	private @Nullable DataAccessException lost(SQLException ex) {
		if (!TransactionSynchronizationManager.isActualTransactionActive()) {
			return unknown(ex);
		}
		return RoutedConnection.nothingAnswered()
				? new NoEffectException("The connection was lost before the transaction began", ex) : null;
	}

	private UnknownOutcomeException unknown(SQLException ex) {
		this.unknown.increment();
		return new UnknownOutcomeException("Whether it was committed is not known", ex);
	}

}
