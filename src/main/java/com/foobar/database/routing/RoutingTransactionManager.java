package com.foobar.database.routing;

import java.util.function.Consumer;

import javax.sql.DataSource;

import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.interceptor.TransactionAttribute;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Extends Spring's transaction manager by the label {@value #STRONG}: a read-only
 * transaction with this label sees everything that was acknowledged to anybody before it
 * began. Safe for use by several threads.
 */
public final class RoutingTransactionManager extends JdbcTransactionManager {

	static final String STRONG = "strong";

	public RoutingTransactionManager(DataSource dataSource, SQLExceptionTranslator translator) {
		super(dataSource);
		setExceptionTranslator(translator);
		// A writing transaction inside a read-only one fails when it begins, before the
		// replica refuses its first write.
		setValidateExistingTransaction(true);
	}

	@Override
	protected void prepareSynchronization(DefaultTransactionStatus status, TransactionDefinition definition) {
		super.prepareSynchronization(status, definition);
		boolean strong = definition instanceof TransactionAttribute attribute && attribute.getLabels().contains(STRONG);
		if (status.isNewSynchronization()) {
			RoutedTransaction.begin(strong);
		}
		else if (strong) {
			requireStrong();
		}
	}

	// Inside another transaction it sees only what the outer one sees, which may be less.
	private static void requireStrong() {
		RoutedTransaction outer = RoutedTransaction.current();
		if (TransactionSynchronizationManager.isCurrentTransactionReadOnly() && (outer == null || !outer.isStrong())) {
			throw new IllegalTransactionStateException(
					"A transaction with the label [%s] cannot take part in one without".formatted(STRONG));
		}
	}

	@Override
	protected void doCommit(DefaultTransactionStatus status) {
		try {
			super.doCommit(status);
			signal(RoutedTransaction::markCommitted);
		}
		finally {
			signal(RoutedTransaction::markEnded);
		}
	}

	@Override
	protected void doRollback(DefaultTransactionStatus status) {
		try {
			super.doRollback(status);
		}
		finally {
			signal(RoutedTransaction::markEnded);
		}
	}

	// Runs before Spring tells the synchronizations that the transaction has ended.
	private static void signal(Consumer<RoutedTransaction> event) {
		RoutedTransaction transaction = RoutedTransaction.current();
		if (transaction != null) {
			event.accept(transaction);
		}
	}

}
