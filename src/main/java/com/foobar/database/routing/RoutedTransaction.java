package com.foobar.database.routing;

import org.jspecify.annotations.Nullable;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * What the router knows of the transaction of a thread. It comes and goes with the
 * transaction, also when another one interrupts it (REQUIRES_NEW).
 */
final class RoutedTransaction implements TransactionSynchronization {

	private final boolean strong;

	private boolean connected;

	private boolean committed;

	private boolean ended;

	private RoutedTransaction(boolean strong) {
		this.strong = strong;
	}

	/**
	 * Begins one.
	 * @param strong whether it sees everything acknowledged before it began
	 */
	static void begin(boolean strong) {
		var transaction = new RoutedTransaction(strong);
		if (CommitWatch.CURRENT.isBound()) {
			CommitWatch.CURRENT.get().begun(transaction);
		}
		TransactionSynchronizationManager.registerSynchronization(transaction);
	}

	/** The transaction of this thread; null outside of any. */
	static @Nullable RoutedTransaction current() {
		if (!TransactionSynchronizationManager.isActualTransactionActive()) {
			return null;
		}
		return TransactionSynchronizationManager.isSynchronizationActive() ? registered() : afterCompletion();
	}

	private static @Nullable RoutedTransaction registered() {
		return TransactionSynchronizationManager.getSynchronizations()
			.stream()
			.filter(RoutedTransaction.class::isInstance)
			.map(RoutedTransaction.class::cast)
			.findFirst()
			.orElse(null);
	}

	// Spring has forgotten the synchronizations by then, and not yet the transaction.
	private static RoutedTransaction afterCompletion() {
		var transaction = new RoutedTransaction(false);
		transaction.end();
		return transaction;
	}

	boolean isStrong() {
		return this.strong;
	}

	/**
	 * Refuses a second connection: what it wrote would be lost, for the transaction
	 * commits its first one only.
	 */
	void requireNoConnection() {
		if (this.connected) {
			throw new IllegalTransactionStateException("""
					The transaction of this thread has a connection already, and would not commit what a second one \
					writes. Use JdbcClient or JdbcTemplate, or DataSourceUtils.getConnection(dataSource), which give \
					the transaction's own; for a transaction apart, call a method with \
					@Transactional(propagation = Propagation.REQUIRES_NEW)""");
		}
	}

	/** Takes note that it has its connection. */
	void connected() {
		this.connected = true;
	}

	/** Takes note that it was committed. */
	void commit() {
		this.committed = true;
	}

	/** Takes note that it was committed or rolled back. */
	void end() {
		this.ended = true;
	}

	/**
	 * Refuses a write after the commit or rollback, as in an AFTER_COMMIT listener:
	 * nobody would commit it.
	 */
	void requireNotEnded() {
		if (this.ended) {
			throw new IllegalTransactionStateException(
					"""
							The transaction of this thread has ended, and nobody would commit what is written now. Write before \
							the commit (TransactionPhase.BEFORE_COMMIT), or in a transaction apart: call a method with \
							@Transactional(propagation = Propagation.REQUIRES_NEW)""");
		}
	}

	boolean hasEnded() {
		return this.ended;
	}

	/** Tells whether the outermost transaction of some work was committed. */
	static final class CommitWatch {

		private static final ScopedValue<CommitWatch> CURRENT = ScopedValue.newInstance();

		private @Nullable RoutedTransaction outermost;

		/** Does work that begins a transaction; not for several threads. */
		<T, X extends Throwable> T call(ScopedValue.CallableOp<T, X> work) throws X {
			this.outermost = null;
			return ScopedValue.where(CURRENT, this).call(work);
		}

		private void begun(RoutedTransaction transaction) {
			if (this.outermost == null) {
				this.outermost = transaction;
			}
		}

		boolean isCommitted() {
			return this.outermost != null && this.outermost.committed;
		}

	}

}
