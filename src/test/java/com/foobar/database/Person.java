package com.foobar.database;

import java.util.function.Function;
import java.util.function.Supplier;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A visitor who carries a position from request to request, to whichever instance. For
 * use by one thread.
 */
public final class Person {

	private String position = "";

	public <T> T read(Instance instance, Function<JdbcClient, T> statements) {
		return visit(false, () -> instance.work().read(statements));
	}

	public <T> T write(Instance instance, Function<JdbcClient, T> statements) {
		return visit(false, () -> instance.work().write(statements));
	}

	/** Another one who has seen as much. */
	Person copy() {
		var copy = new Person();
		copy.position = this.position;
		return copy;
	}

	/** Reads as a client of the API does who brings no position. */
	static <T> T readWithoutPosition(Instance instance, Function<JdbcClient, T> statements) {
		return new Person().visit(true, () -> instance.work().read(statements));
	}

	private <T> T visit(boolean strong, Supplier<T> request) {
		var causality = ConsistencyContext.begin(this.position, strong);
		try (causality) {
			return request.get();
		}
		finally {
			this.position = causality.position();
		}
	}

}
