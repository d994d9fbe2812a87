package com.foobar.database;

import java.util.function.Function;
import java.util.function.Supplier;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sends reads and writes to any instance as one session, which carries its position from
 * request to request. Not thread-safe.
 */
public final class ConsistencySession {

	private String position = "";

	/** Runs statements in a read-only transaction of the instance. */
	public <T> T read(Instance instance, Function<JdbcClient, T> statements) {
		return request(false, () -> instance.work().read(statements));
	}

	/** Runs statements in a writing transaction of the instance. */
	public <T> T write(Instance instance, Function<JdbcClient, T> statements) {
		return request(false, () -> instance.work().write(statements));
	}

	/** Returns another session with the same position. */
	ConsistencySession copy() {
		var copy = new ConsistencySession();
		copy.position = this.position;
		return copy;
	}

	/** Reads as an API client that sends no position. Such a read is strong. */
	static <T> T readWithoutPosition(Instance instance, Function<JdbcClient, T> statements) {
		return new ConsistencySession().request(true, () -> instance.work().read(statements));
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
