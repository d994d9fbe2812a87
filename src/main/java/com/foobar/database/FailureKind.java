package com.foobar.database;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;

/**
 * Reason why a transaction failed. It decides whether the transaction is retried until
 * the {@link Deadline}.
 */
public enum FailureKind {

	/** The deadline of the request passed before the commit. */
	DEADLINE_EXCEEDED(Retry.NEVER, DeadlineExceededException.class::isInstance),

	/**
	 * No primary came within {@code foobar.database.failover.timeout} (15s), or the wait
	 * queue was full.
	 */
	NO_PRIMARY_IN_TIME(Retry.NEVER, PrimaryWaitTimeoutException.class::isInstance),

	/** The server is healthy, but all connections that may be open to it are in use. */
	POOL_EXHAUSTED(Retry.NEVER, (ex) -> ex.getCause() instanceof PoolExhaustedException),

	/** A lock was not free in time (ER_LOCK_WAIT_TIMEOUT). */
	LOCK_WAIT_TIMEOUT(Retry.NEVER, CannotAcquireLockException.class::isInstance),

	/**
	 * A statement took too long (ER_QUERY_TIMEOUT) or an administrator ended it
	 * (ER_QUERY_INTERRUPTED). It would take as long on another server.
	 */
	STATEMENT_TIMEOUT(Retry.NEVER, QueryTimeoutException.class::isInstance),

	/**
	 * The transaction had no effect: the server refused it, rolled it back because of a
	 * deadlock, or was lost before it answered the first statement.
	 */
	NO_EFFECT(Retry.ALWAYS, TransactionRolledBackException.class::isInstance),

	/** No server could be chosen, or no connection to it could be opened. */
	NO_SERVER(Retry.IF_READ_ONLY_OR_IDEMPOTENT,
			(ex) -> ex instanceof NoServerException || ex.getCause() instanceof UnreachableException),

	/** The connection was lost before the commit; the server rolls back. */
	CONNECTION_LOST(Retry.IF_READ_ONLY_OR_IDEMPOTENT,
			(ex) -> ex instanceof DataAccessResourceFailureException || ex instanceof RecoverableDataAccessException),

	/**
	 * The outcome is unknown, because the connection was lost during the commit or the
	 * replication group did not agree to it in time (ER_RUN_HOOK_ERROR).
	 */
	UNKNOWN_OUTCOME(Retry.IF_IDEMPOTENT, UnknownOutcomeException.class::isInstance),

	/** Any other failure, such as a programming error or an exception of the site. */
	OTHER(Retry.NEVER, (ex) -> true);

	private final Retry retry;

	private final Predicate<Throwable> test;

	FailureKind(Retry retry, Predicate<Throwable> test) {
		this.retry = retry;
		this.test = test;
	}

	/** Returns the first kind, in the order of declaration, that fits an exception. */
	public static FailureKind of(Throwable ex) {
		return Stream.of(values()).filter((kind) -> kind.test.test(ex)).findFirst().orElse(OTHER);
	}

	/**
	 * Whether the same request may succeed on another instance, which has other
	 * connections and may be less busy. It would not help if the other instance would
	 * wait for the same lock or primary, or use the same slow servers.
	 */
	public boolean mayAnotherInstanceSucceed() {
		return this == NO_SERVER || this == CONNECTION_LOST || this == DEADLINE_EXCEEDED;
	}

	/** Returns the name of this kind in metrics. */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** Whether a transaction that failed for this reason is retried. */
	public boolean isRetried(boolean readOnly, boolean idempotent) {
		return switch (this.retry) {
			case ALWAYS -> true;
			case IF_READ_ONLY_OR_IDEMPOTENT -> readOnly || idempotent;
			case IF_IDEMPOTENT -> idempotent;
			case NEVER -> false;
		};
	}

	/** Which transactions are retried. */
	private enum Retry {

		ALWAYS,

		/** Read-only transactions and those that are labelled idempotent. */
		IF_READ_ONLY_OR_IDEMPOTENT,

		/** Transactions that are labelled idempotent. */
		IF_IDEMPOTENT,

		NEVER

	}

}
