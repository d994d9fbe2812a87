package com.foobar.database.routing;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

import org.jspecify.annotations.Nullable;

/**
 * A statement that was made after its transaction had ended: it may read, and refuses to
 * write.
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
		return RoutedConnection.pass(this.target, method, arguments);
	}

}
