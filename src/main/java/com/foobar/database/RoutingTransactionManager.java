package com.foobar.database;

import javax.sql.DataSource;

import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Spring's transaction manager, which also knows the label {@value #STRONG}: a read-only
 * transaction that has it sees everything acknowledged before it began, by anyone.
 */
final class RoutingTransactionManager extends JdbcTransactionManager {

	static final String STRONG = "strong";

	RoutingTransactionManager(DataSource dataSource, SQLExceptionTranslator translator) {
		super(dataSource);
		setExceptionTranslator(translator);
		// A write called from a read-only transaction fails at once, not on the replica.
		setValidateExistingTransaction(true);
	}

	/** Whether the transaction of this thread has the label. */
	static boolean isStrong() {
		return TransactionSynchronizationManager.isSynchronizationActive()
				&& TransactionSynchronizationManager.getSynchronizations().stream().anyMatch(Strong.class::isInstance);
	}

	// The mark comes and goes with the transaction, also when another one interrupts it.
	@Override
	protected void prepareSynchronization(DefaultTransactionStatus status, TransactionDefinition definition) {
		super.prepareSynchronization(status, definition);
		if (definition instanceof TransactionAttribute attribute && attribute.getLabels().contains(STRONG)) {
			mark(status);
		}
	}

	// Inside another transaction it would see what that one sees, which may be less.
	private static void mark(DefaultTransactionStatus status) {
		if (status.isNewSynchronization()) {
			TransactionSynchronizationManager.registerSynchronization(new Strong());
		}
		else if (TransactionSynchronizationManager.isCurrentTransactionReadOnly() && !isStrong()) {
			throw new IllegalTransactionStateException(
					"A transaction with the label [%s] cannot take part in one without".formatted(STRONG));
		}
	}

	private static final class Strong implements TransactionSynchronization {

	}

}
