package com.foobar.database.routing;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;

import com.foobar.database.FailureKind;
import com.foobar.database.PoolExhaustedException;
import com.foobar.database.TransactionRolledBackException;
import com.foobar.database.UnknownOutcomeException;
import com.foobar.database.server.MySqlError;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Says of a transaction that a server refused, or that lost its connection, what became
 * of it: it had no effect, it was rolled back, or nobody knows. {@link FailureKind} says
 * what follows from that. All other errors are left to Spring.
 */
public final class MySqlExceptionTranslator implements SQLExceptionTranslator {

	// The embedded database's. MySQL's driver also has it for a lock wait timeout.
	private static final String DEADLOCK = "40001";

	private final Counter unknown;

	public MySqlExceptionTranslator(MeterRegistry meters) {
		this.unknown = meters.counter("database.outcomes.unknown");
	}

	private static boolean isNotThePrimary(SQLException ex) {
		return MySqlError.isOneOf(MySqlError.NOT_PRIMARY, ex);
	}

	/** Whether a server that answers a commit with this has not committed. */
	static boolean isNotCommitted(SQLException ex) {
		return isRefused(ex) || MySqlError.ER_LOCK_WAIT_TIMEOUT.is(ex) || MySqlError.isOneOf(MySqlError.TOO_LARGE, ex);
	}

	private static boolean isRefused(SQLException ex) {
		return isNotThePrimary(ex) || MySqlError.isOneOf(MySqlError.ROLLED_BACK, ex)
				|| DEADLOCK.equals(ex.getSQLState()) && !MySqlError.ER_LOCK_WAIT_TIMEOUT.is(ex);
	}

	private static boolean isConnectionLost(SQLException ex) {
		return ex instanceof SQLRecoverableException || ex instanceof SQLNonTransientConnectionException;
	}

	@Override
	public @Nullable DataAccessException translate(String task, @Nullable String sql, SQLException ex) {
		if (isConnectionLost(ex) || isNotThePrimary(ex) || ex instanceof CommitOutcomeUnknownException) {
			RoutedConnection.suspect();
		}
		if (ex instanceof CommitOutcomeUnknownException || MySqlError.ER_RUN_HOOK_ERROR.is(ex)) {
			return unknown(ex);
		}
		if (isRefused(ex)) {
			return new TransactionRolledBackException("The server refused the transaction", ex);
		}
		return isConnectionLost(ex) ? lost(ex) : translate(ex);
	}

	private static @Nullable DataAccessException translate(SQLException ex) {
		if (ex instanceof PoolExhaustedException) {
			return new TransientDataAccessResourceException("All connections are in use", ex);
		}
		if (MySqlError.ER_LOCK_WAIT_TIMEOUT.is(ex)) {
			return new CannotAcquireLockException("Another transaction holds a lock for too long", ex);
		}
		if (MySqlError.ER_QUERY_TIMEOUT.is(ex)) {
			return new QueryTimeoutException("The statement takes longer than max_execution_time", ex);
		}
		if (MySqlError.isOneOf(MySqlError.TOO_LARGE, ex)) {
			return new NonTransientDataAccessResourceException(
					"The transaction is larger than the servers accept (max_binlog_cache_size)", ex);
		}
		return MySqlError.ER_QUERY_INTERRUPTED.is(ex) ? interrupted(ex) : goingAway(ex);
	}

	// A server that shuts down closes its connections. One that was told to KILL QUERY
	// does not, and whoever told it so does not want to see the statement again.
	private static DataAccessException interrupted(SQLException ex) {
		return RoutedConnection.isStillAnswered()
				? new QueryTimeoutException("An administrator ended the statement (KILL QUERY)", ex)
				: new RecoverableDataAccessException("The server shuts down", ex);
	}

	private static @Nullable DataAccessException goingAway(SQLException ex) {
		return MySqlError.isOneOf(MySqlError.GOING_AWAY, ex)
				? new RecoverableDataAccessException("The server goes away", ex) : null;
	}

	// Without a transaction each statement commits by itself.
	private @Nullable DataAccessException lost(SQLException ex) {
		if (!TransactionSynchronizationManager.isActualTransactionActive()) {
			return unknown(ex);
		}
		return RoutedConnection.isUnanswered()
				? new TransactionRolledBackException("The connection was lost before the transaction began", ex) : null;
	}

	private UnknownOutcomeException unknown(SQLException ex) {
		this.unknown.increment();
		return new UnknownOutcomeException("Whether it was committed is not known", ex);
	}

}
