package com.foobar.database;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;

/**
 * Brings the schema up to date and ends: a step of its own in a roll-out, with an account
 * of its own, so that the application's account need not be able to alter tables. Reads
 * {@code spring.flyway.url}, {@code spring.flyway.user} and
 * {@code spring.flyway.password}.
 */
@ImportAutoConfiguration(FlywayAutoConfiguration.class)
public class Migration {

	public static void run(String[] args) {
		new SpringApplicationBuilder(Migration.class).web(WebApplicationType.NONE)
			.properties("spring.flyway.enabled=true")
			.run(args)
			.close();
	}

}
