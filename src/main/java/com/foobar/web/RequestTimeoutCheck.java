package com.foobar.web;

import java.time.Duration;

import com.foobar.setting.InvalidSettingException;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Refuses to start if {@code foobar.database.pool.read-statement-timeout} is not shorter
 * than {@code foobar.request.safe-timeout}, because the server would go on with
 * statements whose client no longer waits. Throws {@link InvalidSettingException}.
 */
@Component
class RequestTimeoutCheck implements SmartInitializingSingleton {

	private static final String STATEMENT_TIMEOUT = "foobar.database.pool.read-statement-timeout";

	private final RequestProperties properties;

	private final Environment environment;

	RequestTimeoutCheck(RequestProperties properties, Environment environment) {
		this.properties = properties;
		this.environment = environment;
	}

	// Runs after all beans are created, so that their errors are reported first.
	@Override
	public void afterSingletonsInstantiated() {
		Duration statement = this.environment.getProperty(STATEMENT_TIMEOUT, Duration.class, Duration.ofMillis(1500));
		if (statement.compareTo(this.properties.safeTimeout()) >= 0) {
			throw new InvalidSettingException(STATEMENT_TIMEOUT,
					"is [%s], and foobar.request.safe-timeout [%s]".formatted(statement, this.properties.safeTimeout()),
					"Write a shorter time, for example three quarters of that: no client waits for a longer statement.");
		}
	}

}
