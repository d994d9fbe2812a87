package com.foobar.database.routing;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;

import com.foobar.database.FailureKind;
import com.foobar.database.PoolExhaustedException;
import com.foobar.database.TransactionRolledBackException;
import com.foobar.database.UnknownOutcomeException;
import com.foobar.database.connection.MySqlError;
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
 * Translates the error of a transaction that a server refused, or that lost its
 * connection, into an exception that says whether the transaction had an effect: it had
 * none, it was rolled back, or its outcome is unknown. {@link FailureKind} decides from
 * that whether the transaction runs again. Leaves all other errors to Spring. Safe for
 * use by several threads.
 */
public final class MySqlExceptionTranslator implements SQLExceptionTranslator {

	// The SQLSTATE of a deadlock in the embedded database. MySQL's driver also uses it
	// for ER_LOCK_WAIT_TIMEOUT.
	private static final String DEADLOCK = "40001";

	private final Counter unknownOutcomes;

	public MySqlExceptionTranslator(MeterRegistry meters) {
		this.unknownOutcomes = Counter.builder("database.outcomes.unknown")
			.description("Writes of which nobody knows whether they were committed")
			.register(meters);
	}

	private static boolean isNotPrimary(SQLException ex) {
		return MySqlError.isOneOf(MySqlError.NOT_PRIMARY, ex);
	}

	/** Whether a server that responds to a commit with this error has not committed. */
	static boolean isNotCommitted(SQLException ex) {
		return isRefused(ex) || MySqlError.ER_LOCK_WAIT_TIMEOUT.is(ex) || MySqlError.isOneOf(MySqlError.TOO_LARGE, ex);
	}

	private static boolean isRefused(SQLException ex) {
		return isNotPrimary(ex) || MySqlError.isOneOf(MySqlError.ROLLED_BACK, ex)
				|| DEADLOCK.equals(ex.getSQLState()) && !MySqlError.ER_LOCK_WAIT_TIMEOUT.is(ex);
	}

	private static boolean isConnectionLost(SQLException ex) {
		return ex instanceof SQLRecoverableException || ex instanceof SQLNonTransientConnectionException;
	}

	@Override
	public @Nullable DataAccessException translate(String task, @Nullable String sql, SQLException ex) {
		if (isConnectionLost(ex) || isNotPrimary(ex) || ex instanceof CommitOutcomeUnknownException) {
			RoutedTransaction.currentConnection().ifPresent(RoutedConnection::markServerSuspect);
		}
		if (ex instanceof CommitOutcomeUnknownException || MySqlError.ER_RUN_HOOK_ERROR.is(ex)) {
			return unknownOutcome(ex);
		}
		if (isRefused(ex)) {
			return new TransactionRolledBackException("The server refused the transaction", ex);
		}
		return isConnectionLost(ex) ? connectionLost(ex) : translate(ex);
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

	// ER_QUERY_INTERRUPTED has two causes. A shutdown also closes the connection. KILL
	// QUERY does not, and whoever used it does not want the statement to run again.
	private static DataAccessException interrupted(SQLException ex) {
		boolean alive = RoutedTransaction.currentConnection().filter(RoutedConnection::isAlive).isPresent();
		return alive ? new QueryTimeoutException("An administrator ended the statement (KILL QUERY)", ex)
				: new RecoverableDataAccessException("The server is shutting down", ex);
	}

	private static @Nullable DataAccessException goingAway(SQLException ex) {
		return MySqlError.isOneOf(MySqlError.GOING_AWAY, ex)
				? new RecoverableDataAccessException("The server is going offline or has ended the session", ex) : null;
	}

	// Outside a transaction each statement commits by itself, so its outcome is unknown.
	private @Nullable DataAccessException connectionLost(SQLException ex) {
		if (!TransactionSynchronizationManager.isActualTransactionActive()) {
			return unknownOutcome(ex);
		}
		boolean atFirstStatement = RoutedTransaction.currentConnection()
			.filter(RoutedConnection::isAtFirstStatement)
			.isPresent();
		return atFirstStatement ? new TransactionRolledBackException(
				"The connection was lost before the server answered the first statement", ex) : null;
	}

	private UnknownOutcomeException unknownOutcome(SQLException ex) {
		this.unknownOutcomes.increment();
		return new UnknownOutcomeException("It is not known whether the transaction was committed", ex);
	}

}
