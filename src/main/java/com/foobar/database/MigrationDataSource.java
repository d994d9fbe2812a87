package com.foobar.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The connections that migrate a server. A statement on them waits for a lock for as long
 * as {@link MigrationProperties} say. While {@link #resuming(boolean)}, one whose effect
 * is there already counts as done.
 */
final class MigrationDataSource extends DelegatingDataSource {

	private final MigrationStatements statements;

	private final MigrationProperties properties;

	private final AtomicBoolean resuming = new AtomicBoolean();

	MigrationDataSource(DataSource server, MigrationStatements statements, MigrationProperties properties) {
		super(server);
		this.statements = statements;
		this.properties = properties;
	}

	/** Whether an earlier run may have done statements of what runs from now on. */
	void resuming(boolean resuming) {
		this.resuming.set(resuming);
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = super.getConnection();
		long session = prepare(connection);
		InvocationHandler handler = (proxy, method, arguments) -> {
			Object result = pass(connection, method, arguments);
			return (result instanceof Statement statement && method.getName().equals("createStatement"))
					? wrap(statement, connection, session) : result;
		};
		return (Connection) proxy(Connection.class, handler);
	}

	private long prepare(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("SET SESSION lock_wait_timeout = %d, innodb_lock_wait_timeout = %1$d"
				.formatted(this.properties.lockTimeout().toSeconds()));
			try (ResultSet answer = statement.executeQuery("SELECT CONNECTION_ID()")) {
				answer.next();
				return answer.getLong(1);
			}
		}
	}

	private Statement wrap(Statement statement, Connection connection, long session) {
		InvocationHandler handler = (proxy, method,
				arguments) -> (method.getName().equals("execute") && arguments != null && arguments.length == 1
						&& arguments[0] instanceof String sql) ? execute(statement, sql, connection, session)
								: pass(statement, method, arguments);
		return (Statement) proxy(Statement.class, handler);
	}

	private boolean execute(Statement statement, String sql, Connection connection, long session) throws SQLException {
		try {
			return this.statements.execute(statement, sql, session);
		}
		catch (SQLException ex) {
			if (!this.resuming.get()) {
				throw ex;
			}
			return new EarlierRun(connection).finish(statement, sql, ex);
		}
	}

	private static Object proxy(Class<?> type, InvocationHandler handler) {
		return Proxy.newProxyInstance(MigrationDataSource.class.getClassLoader(), new Class<?>[] { type }, handler);
	}

	private static @Nullable Object pass(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

}
