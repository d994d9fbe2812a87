package com.foobar.web;

import java.time.Duration;

import com.foobar.setting.InvalidSettingException;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Refuses to start where a statement of a read may run for longer than its request is
 * waited for: the server would go on with what nobody wants any more.
 */
@Component
class RequestTimeoutCheck implements SmartInitializingSingleton {

	private static final String STATEMENT_TIMEOUT = "foobar.database.pool.read-statement-timeout";

	private final RequestProperties requests;

	private final Environment environment;

	RequestTimeoutCheck(RequestProperties requests, Environment environment) {
		this.requests = requests;
		this.environment = environment;
	}

	// Whatever else is wrong is said first.
	@Override
	public void afterSingletonsInstantiated() {
		Duration statement = this.environment.getProperty(STATEMENT_TIMEOUT, Duration.class, Duration.ofMillis(1500));
		if (statement.compareTo(this.requests.safeTimeout()) >= 0) {
			throw new InvalidSettingException(STATEMENT_TIMEOUT,
					"is [%s], and foobar.request.safe-timeout [%s]".formatted(statement, this.requests.safeTimeout()),
					"Write less, for example three quarters of that: what takes longer is answered to nobody.");
		}
	}

}
