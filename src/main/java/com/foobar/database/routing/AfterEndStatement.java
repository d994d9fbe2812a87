package com.foobar.database.routing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import org.jspecify.annotations.Nullable;

/**
 * Wraps a statement that was created after its transaction had ended: allows reads, and
 * refuses writes with an {@code IllegalTransactionStateException}, because nothing would
 * commit them. Not thread-safe.
 */
record AfterEndStatement(Object target, RoutedTransaction transaction) implements InvocationHandler {

	static Object wrap(Object statement, Class<?> type, RoutedTransaction transaction) {
		return Proxy.newProxyInstance(AfterEndStatement.class.getClassLoader(), new Class<?>[] { type },
				new AfterEndStatement(statement, transaction));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
		if (method.getName().startsWith("execute") && !method.getName().equals("executeQuery")) {
			this.transaction.requireNotEnded();
		}
		return RoutedConnection.delegate(this.target, method, arguments);
	}

}
