package com.foobar.database;

import java.util.List;

import com.foobar.setting.SettingException;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Brings the schema up to date and ends: a step of its own in a roll-out, with an account
 * of its own, so that the application's account need not be able to alter tables. Reads
 * {@code spring.flyway.url}, {@code spring.flyway.user} and
 * {@code spring.flyway.password}.
 */
@ImportAutoConfiguration(FlywayAutoConfiguration.class)
public class Migration {

	Migration(Environment environment) {
		for (String setting : List.of("spring.flyway.url", "spring.flyway.user", "spring.flyway.password")) {
			if (!StringUtils.hasText(environment.getProperty(setting))) {
				throw new SettingException(setting, "is required to migrate",
						"Set url, user and password of spring.flyway to the primary and the account that may alter it.");
			}
		}
	}

	public static void run(String[] args) {
		new SpringApplicationBuilder(Migration.class).web(WebApplicationType.NONE)
			.properties("spring.flyway.enabled=true")
			.run(args)
			.close();
	}

}
