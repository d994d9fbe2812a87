package com.foobar.web;

import java.time.Duration;

import com.foobar.database.DatabaseProperties;
import com.foobar.setting.InvalidSettingException;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/**
 * Refuses to start if {@code foobar.database.pool.read-statement-timeout} is not shorter
 * than {@code foobar.request.safe-timeout}, because the server would go on with
 * statements whose client no longer waits. Throws {@link InvalidSettingException}.
 */
@Component
class RequestTimeoutCheck implements SmartInitializingSingleton {

	private final RequestProperties properties;

	private final DatabaseProperties database;

	RequestTimeoutCheck(RequestProperties properties, DatabaseProperties database) {
		this.properties = properties;
		this.database = database;
	}

	// Runs after all beans are created, so that their errors are reported first.
	@Override
	public void afterSingletonsInstantiated() {
		Duration statement = this.database.pool().readStatementTimeout();
		if (statement.compareTo(this.properties.safeTimeout()) >= 0) {
			throw new InvalidSettingException("foobar.database.pool.read-statement-timeout",
					"is [%s], and foobar.request.safe-timeout [%s]".formatted(statement, this.properties.safeTimeout()),
					"Write a shorter time, for example three quarters of that: no client waits for a longer statement.");
		}
	}

}
