package com.foobar.database.migration;

import java.time.Clock;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import com.foobar.database.DatabaseProperties;
import com.foobar.database.FailoverProperties;
import com.foobar.database.MigrationProperties;
import com.foobar.database.server.Cluster;
import com.foobar.database.server.MySqlCluster;
import com.foobar.database.topology.RoleChanges;
import com.foobar.setting.InvalidSettingException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Runs {@code java -jar foobar.jar migrate}: migrates the schema on the primary, waits
 * until the other servers have applied the migration, and ends. It is a separate step of
 * a roll-out. It reads the application's settings below {@code foobar.database}, with
 * another account as {@code foobar.database.username}, so that the application's account
 * need not be allowed to alter tables.
 */
@ImportAutoConfiguration(FlywayAutoConfiguration.class)
@EnableConfigurationProperties({ DatabaseProperties.class, FailoverProperties.class, MigrationProperties.class })
public class Migration {

	/**
	 * Migrates, and returns when all servers that answer have applied the migration.
	 * @param args settings in the form of Spring Boot's command line
	 */
	public static void run(String[] args) {
		new SpringApplicationBuilder(Migration.class).web(WebApplicationType.NONE)
			// Hides messages about pools that open no connection.
			.properties("logging.level.com.zaxxer.hikari=warn")
			.initializers(Migration::overrideSettings)
			.run(args)
			.close();
	}

	// The application's settings may switch Flyway off, because this program migrates
	// instead.
	private static void overrideSettings(ConfigurableApplicationContext context) {
		ConfigurableEnvironment environment = context.getEnvironment();
		for (String setting : List.of("spring.flyway.url", "spring.flyway.user", "spring.flyway.password")) {
			if (environment.containsProperty(setting)) {
				throw new InvalidSettingException(setting, "is not read by migrate, which finds the primary itself",
						"Leave it out. Name the servers in foobar.database.nodes, and as foobar.database.username "
								+ "the account that may alter the schema.");
			}
		}
		environment.getPropertySources()
			.addFirst(new MapPropertySource("migration", Map.of("spring.flyway.enabled", true)));
	}

	@Bean
	Cluster cluster(DatabaseProperties properties) {
		if (properties.nodes().isEmpty()) {
			throw new InvalidSettingException("foobar.database.nodes", "is required to migrate",
					"Name the site's MySQL servers, and as username and password the account that may alter the schema.");
		}
		return MySqlCluster.forMigration(properties, new RoleChanges<>(new SimpleMeterRegistry(), Clock.systemUTC()));
	}

	@Bean
	ReplicatedMigration replicatedMigration(Cluster cluster, FailoverProperties failover,
			MigrationProperties properties) {
		return new ReplicatedMigration(cluster, cluster.awaitPrimary(failover.timeout())
			.orElseThrow(() -> MigrationException.noPrimary(cluster.topology())), properties);
	}

	@Bean(destroyMethod = "") // the cluster closes it
	DataSource dataSource(ReplicatedMigration migration) {
		return migration.primaryDataSource();
	}

}
