package com.foobar.database.migration;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import com.foobar.database.MigrationProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Provides the connections that migrate a server. A statement on them waits for a lock
 * for at most {@code foobar.database.migration.lock-timeout}, and is skipped if
 * {@link ResumableStatements} has recorded it as done. Not thread-safe.
 */
final class MigrationDataSource extends DelegatingDataSource {

	private static final Logger logger = LoggerFactory.getLogger(MigrationDataSource.class);

	private final MigrationStatements statements;

	private final MigrationProperties properties;

	private final ResumableStatements resumable;

	MigrationDataSource(DataSource server, MigrationStatements statements, ResumableStatements resumable,
			MigrationProperties properties) {
		super(server);
		this.statements = statements;
		this.resumable = resumable;
		this.properties = properties;
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = super.getConnection();
		Session session = prepare(connection);
		// A statement may take long. The pool sets its own timeout again when it gets the
		// connection back.
		connection.setNetworkTimeout(Runnable::run, 0);
		InvocationHandler handler = (proxy, method, arguments) -> {
			if (method.getName().equals("close")) {
				session.restore(connection);
			}
			Object result = delegate(connection, method, arguments);
			return (result instanceof Statement statement && method.getName().equals("createStatement"))
					? wrap(statement, connection, session.id()) : result;
		};
		return (Connection) proxy(Connection.class, handler);
	}

	private Session prepare(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement();
				ResultSet row = statement
					.executeQuery("SELECT CONNECTION_ID(), @@lock_wait_timeout, @@innodb_lock_wait_timeout")) {
			row.next();
			var session = new Session(row.getLong(1), row.getLong(2), row.getLong(3));
			long timeout = this.properties.lockTimeout().toSeconds();
			Session.set(connection, timeout, timeout);
			return session;
		}
	}

	/** The session's settings from before: its connection may go back to a pool. */
	private record Session(long id, long lockWaitTimeout, long innodbLockWaitTimeout) {

		void restore(Connection connection) {
			try {
				set(connection, this.lockWaitTimeout, this.innodbLockWaitTimeout);
			}
			catch (SQLException ex) {
				logger.debug("The connection is lost, so its settings cannot be restored", ex);
			}
		}

		static void set(Connection connection, long lockWaitTimeout, long innodbLockWaitTimeout) throws SQLException {
			try (Statement statement = connection.createStatement()) {
				statement.execute("SET SESSION lock_wait_timeout = %d, innodb_lock_wait_timeout = %d"
					.formatted(lockWaitTimeout, innodbLockWaitTimeout));
			}
		}

	}

	private Statement wrap(Statement statement, Connection connection, long session) {
		InvocationHandler handler = (proxy, method,
				arguments) -> (method.getName().equals("execute") && arguments != null && arguments.length == 1
						&& arguments[0] instanceof String sql) ? execute(statement, sql, connection, session)
								: delegate(statement, method, arguments);
		return (Statement) proxy(Statement.class, handler);
	}

	private boolean execute(Statement statement, String sql, Connection connection, long session) throws SQLException {
		return this.resumable.execute(connection, sql,
				(sqlToRun) -> this.statements.execute(statement, sqlToRun, session));
	}

	static Object proxy(Class<?> type, InvocationHandler handler) {
		return Proxy.newProxyInstance(MigrationDataSource.class.getClassLoader(), new Class<?>[] { type }, handler);
	}

	static @Nullable Object delegate(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
