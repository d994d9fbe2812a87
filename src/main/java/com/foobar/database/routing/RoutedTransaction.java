package com.foobar.database.routing;

import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Holds what the routing knows about the transaction of a thread. Spring suspends and
 * resumes it together with the transaction, as around an inner one (REQUIRES_NEW). Not
 * thread-safe.
 */
final class RoutedTransaction implements TransactionSynchronization {

	private final boolean strong;

	private @Nullable RoutedConnection connection;

	private boolean committed;

	private boolean ended;

	private RoutedTransaction(boolean strong) {
		this.strong = strong;
	}

	/**
	 * Registers the transaction that begins on this thread.
	 * @param strong whether it must see everything acknowledged before it began
	 */
	static void begin(boolean strong) {
		var transaction = new RoutedTransaction(strong);
		if (CommitWatch.CURRENT.isBound()) {
			CommitWatch.CURRENT.get().onBegin(transaction);
		}
		TransactionSynchronizationManager.registerSynchronization(transaction);
	}

	/** Returns the transaction of this thread; null outside a transaction. */
	static @Nullable RoutedTransaction current() {
		if (!TransactionSynchronizationManager.isActualTransactionActive()) {
			return null;
		}
		return TransactionSynchronizationManager.isSynchronizationActive() ? registered() : endedTransaction();
	}

	/**
	 * Returns the connection of this thread's transaction; empty outside a transaction,
	 * and before its first statement.
	 */
	static Optional<RoutedConnection> currentConnection() {
		return Optional.ofNullable(current()).map((transaction) -> transaction.connection);
	}

	private static @Nullable RoutedTransaction registered() {
		return TransactionSynchronizationManager.getSynchronizations()
			.stream()
			.filter(RoutedTransaction.class::isInstance)
			.map(RoutedTransaction.class::cast)
			.findFirst()
			.orElse(null);
	}

	// After completion Spring has already cleared the synchronizations, and not yet the
	// transaction.
	private static RoutedTransaction endedTransaction() {
		var transaction = new RoutedTransaction(false);
		transaction.markEnded();
		return transaction;
	}

	/** Whether the transaction must see everything acknowledged before it began. */
	boolean isStrong() {
		return this.strong;
	}

	/**
	 * Checks that the transaction has no connection yet. It commits only its first
	 * connection, so what a second one writes would be lost.
	 * @throws IllegalTransactionStateException if it has one
	 */
	void requireNoConnection() {
		if (this.connection != null) {
			throw new IllegalTransactionStateException("""
					The transaction of this thread has a connection already, and would not commit what a second one \
					writes. Use JdbcClient or JdbcTemplate, or DataSourceUtils.getConnection(dataSource), which use \
					the transaction's connection; for a separate transaction, call a method with \
					@Transactional(propagation = Propagation.REQUIRES_NEW)""");
		}
	}

	/** Records the connection that the transaction runs on. */
	void connectedBy(RoutedConnection connection) {
		this.connection = connection;
	}

	/** Records that the transaction was committed. */
	void markCommitted() {
		this.committed = true;
	}

	/** Records that the transaction was committed or rolled back. */
	void markEnded() {
		this.ended = true;
	}

	/**
	 * Checks that the transaction has not ended. A write after the commit or rollback, as
	 * in an AFTER_COMMIT listener, would not be committed.
	 * @throws IllegalTransactionStateException if it has ended
	 */
	void requireNotEnded() {
		if (this.ended) {
			throw new IllegalTransactionStateException("""
					The transaction of this thread has ended, so a write would not be committed. Write before \
					the commit (TransactionPhase.BEFORE_COMMIT), or in a separate transaction: call a method \
					with @Transactional(propagation = Propagation.REQUIRES_NEW)""");
		}
	}

	/** Whether the transaction was committed or rolled back. */
	boolean hasEnded() {
		return this.ended;
	}

	/**
	 * Tells whether the outermost transaction of some work was committed. Not
	 * thread-safe.
	 */
	static final class CommitWatch {

		private static final ScopedValue<CommitWatch> CURRENT = ScopedValue.newInstance();

		private @Nullable RoutedTransaction outermost;

		/** Runs work that begins a transaction. */
		<T, X extends Throwable> T call(ScopedValue.CallableOp<T, X> work) throws X {
			this.outermost = null;
			return ScopedValue.where(CURRENT, this).call(work);
		}

		private void onBegin(RoutedTransaction transaction) {
			if (this.outermost == null) {
				this.outermost = transaction;
			}
		}

		boolean isCommitted() {
			return this.outermost != null && this.outermost.committed;
		}

	}

}
