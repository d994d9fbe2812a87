package com.foobar.database;

import java.util.function.Function;
import java.util.function.Supplier;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Visitor who carries a position from request to request, to any instance. Not
 * thread-safe.
 */
public final class Person {

	private String position = "";

	public <T> T read(Instance instance, Function<JdbcClient, T> statements) {
		return request(false, () -> instance.work().read(statements));
	}

	public <T> T write(Instance instance, Function<JdbcClient, T> statements) {
		return request(false, () -> instance.work().write(statements));
	}

	/** Returns another visitor with the same position. */
	Person copy() {
		var copy = new Person();
		copy.position = this.position;
		return copy;
	}

	/** Reads like an API client that sends no position. */
	static <T> T readWithoutPosition(Instance instance, Function<JdbcClient, T> statements) {
		return new Person().request(true, () -> instance.work().read(statements));
	}

	private <T> T request(boolean strong, Supplier<T> work) {
		var context = ConsistencyContext.begin(this.position, strong);
		try (context) {
			return work.get();
		}
		finally {
			this.position = context.position();
		}
	}

}
