package com.foobar.setting;

import java.util.Map;
import java.util.TreeMap;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Refuses settings by their former names, because Spring Boot would ignore them. It runs
 * after Spring Boot has read all configuration files.
 */
class RenamedSettings implements EnvironmentPostProcessor, Ordered {

	private static final Map<String, String> NEW_NAMES = new TreeMap<>(
			Map.ofEntries(Map.entry("foobar.attempts.per-account", "foobar.login-throttle.per-account"),
					Map.entry("foobar.attempts.per-address", "foobar.login-throttle.per-address"),
					Map.entry("foobar.attempts.registrations", "foobar.login-throttle.registrations"),
					Map.entry("foobar.attempts.window", "foobar.login-throttle.window"),
					Map.entry("foobar.database.failover.hold", "foobar.database.failover.timeout"),
					Map.entry("foobar.database.failover.limit", "foobar.database.failover.max-waiting"),
					Map.entry("foobar.database.migration.lock-patience",
							"foobar.database.migration.lock-retry-timeout"),
					Map.entry("foobar.database.migration.patience", "foobar.database.migration.timeout"),
					Map.entry("foobar.database.read.catch-up", "foobar.database.read.catch-up-timeout"),
					Map.entry("foobar.database.read.patience", "foobar.database.read.timeout"),
					Map.entry("foobar.database.read.tolerated-lag", "foobar.database.read.max-lag"),
					Map.entry("foobar.large-answers.at-once", "foobar.large-responses.max-concurrent"),
					Map.entry("foobar.large-answers.longest", "foobar.large-responses.max-duration"),
					Map.entry("foobar.large-answers.patience", "foobar.large-responses.timeout"),
					Map.entry("foobar.password.at-once", "foobar.password.max-concurrent"),
					Map.entry("foobar.password.patience", "foobar.password.timeout"),
					Map.entry("foobar.writes.per-account", "foobar.write-limit.per-account"),
					Map.entry("foobar.writes.window", "foobar.write-limit.window")));

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		Binder binder = Binder.get(environment);
		NEW_NAMES.forEach((former, current) -> {
			if (binder.bind(former, Bindable.of(String.class)).isBound()) {
				throw new InvalidSettingException(former, "is the former name of a setting",
						"Write %s instead.".formatted(current));
			}
		});
	}

	@Override
	public int getOrder() {
		return LOWEST_PRECEDENCE;
	}

}
