package com.foobar.database;

import java.time.Duration;

import com.foobar.setting.InvalidSettingException;
import org.hibernate.validator.constraints.time.DurationMin;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of schema migrations.
 *
 * @param timeout how long the other servers may take to apply the migration after the
 * primary. Changing a large table takes them about as long as it took the primary. It is
 * also the longest time that this migration waits for another migration.
 * @param lockTimeout how long one attempt of a statement waits for a lock. The statements
 * of visitors wait behind it, so it is shorter than the 5 s after which those fail. Whole
 * seconds.
 * @param lockRetryTimeout how long the statement is retried before the migration fails
 */
@Validated
@ConfigurationProperties("foobar.database.migration")
public record MigrationProperties(@DefaultValue("5m") @DurationMin(seconds = 1) Duration timeout,
		@DefaultValue("2s") Duration lockTimeout, @DefaultValue("30s") Duration lockRetryTimeout) {

	private static final String PREFIX = "foobar.database.migration.";

	public MigrationProperties {
		if (lockTimeout.toSeconds() < 1 || lockTimeout.toSeconds() > 60 || lockTimeout.getNano() != 0) {
			throw new InvalidSettingException(PREFIX + "lock-timeout", "is [%s]".formatted(lockTimeout),
					"Write whole seconds from 1s to 60s, for example 2s. The statements of visitors wait that long.");
		}
		if (lockRetryTimeout.compareTo(lockTimeout) < 0) {
			throw new InvalidSettingException(PREFIX + "lock-retry-timeout",
					"is [%s], less than lock-timeout [%s]".formatted(lockRetryTimeout, lockTimeout),
					"Write how long to try again for a lock, for example 30s.");
		}
	}

}
