package com.foobar.database;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

import com.foobar.database.routing.TransactionRetry;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;

/**
 * Why a transaction failed, and so whether it is run again: the one place that decides
 * it. {@link TransactionRetry} does it, until the {@link Deadline}.
 */
public enum FailureKind {

	/** The time of the request was over before it was committed. */
	DEADLINE_EXCEEDED(Repeat.NEVER, DeadlineExceededException.class::isInstance),

	/** It has waited for a primary as long as it may. */
	NO_PRIMARY_IN_TIME(Repeat.NEVER, PrimaryWaitTimeoutException.class::isInstance),

	/** The server is well and has no connection left. */
	POOL_EXHAUSTED(Repeat.NEVER, (ex) -> ex.getCause() instanceof PoolExhaustedException),

	/** It has waited for another transaction as long as it may. */
	LOCK_WAIT_TIMEOUT(Repeat.NEVER, CannotAcquireLockException.class::isInstance),

	/**
	 * A statement took too long, and would on the next server too; or an administrator
	 * ended it.
	 */
	STATEMENT_TIMEOUT(Repeat.NEVER, QueryTimeoutException.class::isInstance),

	/**
	 * The server refused all of it, rolled it back for another transaction (a deadlock),
	 * or was lost before it had answered anything.
	 */
	NO_EFFECT(Repeat.ALWAYS, TransactionRolledBackException.class::isInstance),

	/** No server could be chosen, or there is no connection to the one that was. */
	NO_SERVER(Repeat.IF_HARMLESS,
			(ex) -> ex instanceof NoServerException || ex.getCause() instanceof UnreachableException),

	/** The connection was lost on the way, before the commit: it was rolled back. */
	CONNECTION_LOST(Repeat.IF_HARMLESS,
			(ex) -> ex instanceof DataAccessResourceFailureException || ex instanceof RecoverableDataAccessException),

	/** The connection was lost during the commit. */
	UNKNOWN_OUTCOME(Repeat.IF_IDEMPOTENT, UnknownOutcomeException.class::isInstance),

	/** Whatever else: mistakes, and what the site itself refuses. */
	OTHER(Repeat.NEVER, (ex) -> true);

	private final Repeat repeat;

	private final Predicate<Throwable> test;

	FailureKind(Repeat repeat, Predicate<Throwable> test) {
		this.repeat = repeat;
		this.test = test;
	}

	/** The first that fits an exception. */
	public static FailureKind of(Throwable ex) {
		return Stream.of(values()).filter((kind) -> kind.test.test(ex)).findFirst().orElse(OTHER);
	}

	/**
	 * Whether another instance may fare better: it has connections of its own, and may be
	 * less busy. Nothing is gained by one that waits for the same lock or primary, or
	 * whose servers are as slow.
	 */
	public boolean isForAnotherInstance() {
		return this == NO_SERVER || this == CONNECTION_LOST || this == DEADLINE_EXCEEDED;
	}

	/** As it appears in metrics. */
	public String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** Whether a transaction that failed so is run again. */
	public boolean isRepeated(boolean readOnly, boolean idempotent) {
		return switch (this.repeat) {
			case ALWAYS -> true;
			case IF_HARMLESS -> readOnly || idempotent;
			case IF_IDEMPOTENT -> idempotent;
			case NEVER -> false;
		};
	}

	/** Which transactions are run again. */
	private enum Repeat {

		ALWAYS,

		/** Those that only read, and those that say they are idempotent. */
		IF_HARMLESS,

		/** Those that say they are idempotent. */
		IF_IDEMPOTENT,

		NEVER

	}

}
