package com.foobar.database.routing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import org.jspecify.annotations.Nullable;

/**
 * Wraps a statement and logs its executions in a {@link StatementLog}. Not thread-safe.
 */
record LoggedStatement(Object target, @Nullable String sql, StatementLog log) implements InvocationHandler {

	/**
	 * Wraps a statement.
	 * @param type the interface of the statement
	 * @param sql the text of a prepared statement; null if the statement is not prepared
	 */
	static Object wrap(Object statement, Class<?> type, @Nullable String sql, StatementLog log) {
		return Proxy.newProxyInstance(LoggedStatement.class.getClassLoader(), new Class<?>[] { type },
				new LoggedStatement(statement, sql, log));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		return method.getName().startsWith("execute")
				? this.log.run(this.sql, () -> RoutedConnection.delegate(this.target, method, arguments))
				: RoutedConnection.delegate(this.target, method, arguments);
	}

}
