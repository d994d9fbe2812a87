package com.foobar.database.server;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** Simulates a connection to a {@link StubServer}. */
final class StubConnection {

	private final StubServer server;

	private final AtomicInteger statements = new AtomicInteger();

	private volatile boolean closed;

	private StubConnection(StubServer server) {
		this.server = server;
	}

	static Connection open(StubServer server) {
		var stub = new StubConnection(server);
		return proxy(Connection.class, stub::invoke);
	}

	private Object invoke(Method method, Object[] arguments) throws SQLException {
		switch (method.getName()) {
			case "createStatement", "prepareStatement" -> {
				return proxy(method.getReturnType(), this::execute);
			}
			case "commit" -> this.server.commit();
			case "isClosed" -> {
				return this.closed;
			}
			case "isValid" -> {
				return !this.closed && this.server.isAnswering();
			}
			case "close", "abort" -> this.closed = true;
			default -> {
			}
		}
		return defaultValue(method.getReturnType());
	}

	private Object execute(Method method, Object[] arguments) throws SQLException {
		if (method.getName().startsWith("execute")) {
			this.server.execute(this.statements.incrementAndGet());
			return (method.getReturnType() == ResultSet.class)
					? proxy(ResultSet.class, (read, none) -> defaultValue(read.getReturnType()))
					: defaultValue(method.getReturnType());
		}
		return defaultValue(method.getReturnType());
	}

	private static Object defaultValue(Class<?> type) {
		if (type == boolean.class) {
			return false;
		}
		return (type == int.class) ? (Object) 0 : (type == long.class) ? (Object) 0L : null;
	}

	private static <T> T proxy(Class<T> type, MethodHandler handler) {
		return type.cast(Proxy.newProxyInstance(StubConnection.class.getClassLoader(), new Class<?>[] { type },
				(proxy, method, arguments) -> switch (method.getName()) {
					case "equals" -> proxy == arguments[0];
					case "hashCode" -> System.identityHashCode(proxy);
					case "toString" -> "stub";
					default -> handler.handle(method, arguments);
				}));
	}

	private interface MethodHandler {

		Object handle(Method method, Object[] arguments) throws SQLException;

	}

}
