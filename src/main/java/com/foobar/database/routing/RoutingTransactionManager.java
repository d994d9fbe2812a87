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
 * Spring's transaction manager, which also knows the label {@value #STRONG}: a read-only
 * transaction that has it sees everything acknowledged before it began, by anyone.
 */
public final class RoutingTransactionManager extends JdbcTransactionManager {

	static final String STRONG = "strong";

	public RoutingTransactionManager(DataSource dataSource, SQLExceptionTranslator translator) {
		super(dataSource);
		setExceptionTranslator(translator);
		// A write called from a read-only transaction fails at once, not on the replica.
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

	// Inside another transaction it would see what that one sees, which may be less.
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
			note(RoutedTransaction::commit);
		}
		finally {
			note(RoutedTransaction::end);
		}
	}

	@Override
	protected void doRollback(DefaultTransactionStatus status) {
		try {
			super.doRollback(status);
		}
		finally {
			note(RoutedTransaction::end);
		}
	}

	// Before anybody is told that it has.
	private static void note(Consumer<RoutedTransaction> event) {
		RoutedTransaction transaction = RoutedTransaction.current();
		if (transaction != null) {
			event.accept(transaction);
		}
	}

}
