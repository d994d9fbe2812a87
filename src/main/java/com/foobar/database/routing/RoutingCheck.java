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
 * Checks at start that the {@link RoutingDataSource} sees whether a transaction is
 * read-only, and throws a {@link BrokenRoutingException} if not. A library that wraps
 * data sources may ask for the connection too early, before Spring has set the read-only
 * flag, and so send all reads to the primary. The check asks no server, because all of
 * them may be down at start.
 */
public class RoutingCheck implements SmartInitializingSingleton {

	private final DataSource dataSource;

	private final PlatformTransactionManager transactionManager;

	public RoutingCheck(DataSource dataSource, PlatformTransactionManager transactionManager) {
		this.dataSource = dataSource;
		this.transactionManager = transactionManager;
	}

	@Override
	public void afterSingletonsInstantiated() {
		check(true);
		check(false);
	}

	private void check(boolean readOnly) {
		List<Boolean> readOnlyFlags = RoutingDataSource.dryRun(() -> runTransaction(readOnly));
		if (readOnlyFlags.isEmpty() || readOnlyFlags.contains(!readOnly)) {
			throw new BrokenRoutingException(readOnly, readOnlyFlags.isEmpty(), this.dataSource.getClass(),
					this.transactionManager.getClass());
		}
	}

	private void runTransaction(boolean readOnly) {
		var transaction = new TransactionTemplate(this.transactionManager);
		transaction.setReadOnly(readOnly);
		try {
			transaction.executeWithoutResult((status) -> askForConnection());
		}
		catch (DataAccessException | TransactionException ex) {
			// Expected: no transaction of a dry run gets a connection.
		}
	}

	// The lazy proxy asks for the connection when a statement is created.
	private void askForConnection() {
		Connection connection = DataSourceUtils.getConnection(this.dataSource);
		try (Statement statement = connection.createStatement()) {
			throw new IllegalStateException("A dry run got a connection [%s]".formatted(statement));
		}
		catch (SQLException ex) {
			throw new DataAccessResourceFailureException("A dry run gets no connections", ex);
		}
		finally {
			DataSourceUtils.releaseConnection(connection, this.dataSource);
		}
	}

}
