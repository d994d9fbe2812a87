package com.foobar.database.config;

import java.sql.Connection;
import java.time.Clock;

import javax.sql.DataSource;

import com.foobar.database.DatabaseProperties;
import com.foobar.database.FailoverProperties;
import com.foobar.database.MigrationProperties;
import com.foobar.database.ReadProperties;
import com.foobar.database.migration.ResumableMigration;
import com.foobar.database.routing.MySqlExceptionTranslator;
import com.foobar.database.routing.PrimaryWaitQueue;
import com.foobar.database.routing.ReadRouter;
import com.foobar.database.routing.RoutingCheck;
import com.foobar.database.routing.RoutingDataSource;
import com.foobar.database.routing.RoutingTransactionManager;
import com.foobar.database.routing.TransactionRetry;
import com.foobar.database.server.Cluster;
import com.foobar.database.server.EmbeddedCluster;
import com.foobar.database.server.MySqlCluster;
import com.foobar.database.server.Node;
import com.foobar.database.topology.RoleChanges;
import com.foobar.setting.InvalidSettingException;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.MeterRegistry;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizers;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.context.annotation.Role;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.interceptor.TransactionAttributeSource;

/** Declares the beans of the database servers, the routing and the migration. */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {

	@Bean
	RoleChanges<Node> roleChanges(MeterRegistry meters, Clock clock) {
		return new RoleChanges<>(meters, clock);
	}

	@Bean
	Cluster cluster(DatabaseProperties properties, @Value("${spring.flyway.enabled:true}") boolean flywayEnabled,
			RoleChanges<Node> changes, MeterRegistry meters) {
		if (flywayEnabled && properties.pool().size() < ResumableMigration.CONNECTIONS
				&& !properties.nodes().isEmpty()) {
			throw new InvalidSettingException("foobar.database.pool.size",
					"is [%d], too few to migrate the schema at the start".formatted(properties.pool().size()),
					"Write %d or more, or set spring.flyway.enabled=false and run migrate."
						.formatted(ResumableMigration.CONNECTIONS));
		}
		HikariConfig template = template(properties.pool(), meters);
		return properties.nodes().isEmpty() ? new EmbeddedCluster(template, properties.pool().readStatementTimeout())
				: new MySqlCluster(properties, template, changes);
	}

	/**
	 * Resumes a migration that was interrupted, except on the embedded database, which is
	 * empty at each start.
	 */
	@Bean
	FlywayMigrationStrategy migrationStrategy(DatabaseProperties properties, MigrationProperties migration) {
		return properties.nodes().isEmpty() ? Flyway::migrate
				: (flyway) -> ResumableMigration.atStart(flyway, migration);
	}

	/** Tells code whose SQL differs between databases which one is in use. */
	@Bean
	DatabaseDriver databaseInUse(DatabaseProperties properties) {
		return properties.nodes().isEmpty() ? DatabaseDriver.H2 : DatabaseDriver.MYSQL;
	}

	private static HikariConfig template(DatabaseProperties.Pool pool, MeterRegistry meters) {
		var template = new HikariConfig();
		template.setMaximumPoolSize(pool.size());
		template.setMinimumIdle(1);
		template.setConnectionTimeout(pool.timeout().toMillis());
		// Also limits the check whether an idle connection still works.
		template.setValidationTimeout(pool.timeout().toMillis());
		// While a server is down, the application starts and reports that it is not
		// ready.
		template.setInitializationFailTimeout(-1);
		template.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters));
		return template;
	}

	@Bean
	PrimaryWaitQueue primaryWaitQueue(Cluster cluster, FailoverProperties properties, DatabaseProperties database,
			MeterRegistry meters) {
		return new PrimaryWaitQueue(cluster, properties, database.pool().size(), meters);
	}

	@Bean
	ReadRouter readRouter(Cluster cluster, ReadProperties properties, PrimaryWaitQueue waitQueue,
			MeterRegistry meters) {
		return new ReadRouter(cluster, properties, waitQueue, meters);
	}

	@Bean
	RoutingDataSource routingDataSource(Cluster cluster, ReadRouter readRouter, PrimaryWaitQueue waitQueue,
			DatabaseProperties properties, MeterRegistry meters) {
		return new RoutingDataSource(cluster, readRouter, waitQueue, properties.slowStatement(), meters);
	}

	@Bean
	@Primary
	public DataSource dataSource(@Qualifier("routingDataSource") DataSource routing) {
		var lazy = new LazyConnectionDataSourceProxy();
		lazy.setTargetDataSource(routing);
		// The same data source, because it routes read-only transactions itself. With it,
		// the proxy does not switch connections to read-only and back, which would cost
		// two round trips. The pools have set the flag already.
		lazy.setReadOnlyDataSource(routing);
		// Without these two defaults, the proxy would take a connection to the primary
		// for every read, to ask for them.
		lazy.setDefaultAutoCommit(false);
		lazy.setDefaultTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
		return lazy;
	}

	@Bean
	public SQLExceptionTranslator exceptionTranslator(MeterRegistry meters) {
		var translator = new SQLExceptionSubclassTranslator();
		translator.setCustomTranslator(new MySqlExceptionTranslator(meters));
		return translator;
	}

	@Bean
	RoutingTransactionManager transactionManager(DataSource dataSource, SQLExceptionTranslator translator,
			ObjectProvider<TransactionManagerCustomizers> customizers) {
		var manager = new RoutingTransactionManager(dataSource, translator);
		customizers.ifAvailable((all) -> all.customize(manager));
		return manager;
	}

	@Bean
	RoutingCheck routingCheck(DataSource dataSource, PlatformTransactionManager transactionManager) {
		return new RoutingCheck(dataSource, transactionManager);
	}

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static TransactionRetry transactionRetry(TransactionAttributeSource attributes,
			ObjectProvider<MeterRegistry> meters) {
		return new TransactionRetry(attributes, meters::getObject);
	}

}
