package com.foobar.database;

import java.time.Duration;

import com.foobar.setting.SettingException;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a change of the schema is rolled out.
 *
 * @param patience how long the other servers may take to apply it once the primary has:
 * about as long as the primary took, for a change of a large table
 */
@ConfigurationProperties("foobar.database.migration")
record MigrationProperties(@DefaultValue("5m") Duration patience) {

	MigrationProperties {
		if (patience.compareTo(Duration.ofSeconds(1)) < 0) {
			throw new SettingException("foobar.database.migration.patience", "is [%s]".formatted(patience),
					"Write how long the replicas may take to apply a migration, for example 5m.");
		}
	}

}
