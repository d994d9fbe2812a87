package com.foobar.database.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

import javax.sql.DataSource;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Checks at start that transactions arrive at the {@link RoutingDataSource} as what they
 * are. A library that wraps data sources may ask for the connection too early, before
 * Spring has said that the transaction is read-only, and so send all reads to the
 * primary. No server is asked, for all of them may be down at start.
 */
public class RoutingCheck implements SmartInitializingSingleton {

	private final DataSource dataSource;

	private final PlatformTransactionManager transactions;

	public RoutingCheck(DataSource dataSource, PlatformTransactionManager transactions) {
		this.dataSource = dataSource;
		this.transactions = transactions;
	}

	@Override
	public void afterSingletonsInstantiated() {
		check(true);
		check(false);
	}

	private void check(boolean readOnly) {
		List<Boolean> arrivals = RoutingDataSource.rehearse(() -> runTransaction(readOnly));
		if (arrivals.isEmpty() || arrivals.contains(!readOnly)) {
			throw new BrokenRoutingException(readOnly, arrivals.isEmpty(), this.dataSource.getClass(),
					this.transactions.getClass());
		}
	}

	private void runTransaction(boolean readOnly) {
		var transaction = new TransactionTemplate(this.transactions);
		transaction.setReadOnly(readOnly);
		try {
			transaction.executeWithoutResult((status) -> askForConnection());
		}
		catch (DataAccessException | TransactionException ex) {
			// As a rehearsal ends.
		}
	}

	// Making a statement is what makes the lazy proxy ask.
	private void askForConnection() {
		Connection connection = DataSourceUtils.getConnection(this.dataSource);
		try (Statement statement = connection.createStatement()) {
			throw new IllegalStateException("A rehearsal gave a connection [%s]".formatted(statement));
		}
		catch (SQLException ex) {
			throw new DataAccessResourceFailureException("A rehearsal has no connections", ex);
		}
		finally {
			DataSourceUtils.releaseConnection(connection, this.dataSource);
		}
	}

}
