package com.foobar.database;

import java.sql.Connection;
import java.util.Locale;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.support.SQLExceptionSubclassTranslator;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.interceptor.TransactionAttributeSource;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

	@Bean
	Cluster cluster(DatabaseProperties properties, MeterRegistry meters) {
		HikariConfig template = template(properties.pool(), meters);
		return properties.nodes().isEmpty() ? new EmbeddedCluster(template) : new MySqlCluster(properties, template);
	}

	private static HikariConfig template(DatabaseProperties.Pool pool, MeterRegistry meters) {
		var template = new HikariConfig();
		template.setMaximumPoolSize(pool.size());
		template.setMinimumIdle(1);
		template.setConnectionTimeout(pool.timeout().toMillis());
		// The application starts, and says it is not ready, while a server is down.
		template.setInitializationFailTimeout(-1);
		template.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters));
		return template;
	}

	@Bean
	RoutingDataSource routingDataSource(Cluster cluster, MeterRegistry meters) {
		for (Role role : Role.values()) {
			Gauge.builder("database.nodes", () -> cluster.topology().with(role).size())
				.tag("role", role.name().toLowerCase(Locale.ROOT))
				.register(meters);
		}
		return new RoutingDataSource(cluster, meters);
	}

	@Bean
	@Primary
	DataSource dataSource(RoutingDataSource routing) {
		var lazy = new LazyConnectionDataSourceProxy();
		lazy.setTargetDataSource(routing);
		// The same one, which knows the difference: naming it here stops the proxy from
		// switching connections to read-only and back, a round trip each, that are so
		// already.
		lazy.setReadOnlyDataSource(routing);
		// Told, or it would ask the primary, at the cost of a connection for every read.
		lazy.setDefaultAutoCommit(false);
		lazy.setDefaultTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
		return lazy;
	}

	@Bean
	SQLExceptionTranslator exceptionTranslator() {
		var translator = new SQLExceptionSubclassTranslator();
		translator.setCustomTranslator(new ReadOnlyServer());
		return translator;
	}

	@Bean
	@org.springframework.context.annotation.Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	static ReadRetry readRetry(TransactionAttributeSource attributes) {
		return new ReadRetry(attributes);
	}

	/** A write called from a read-only transaction fails at once, not on the replica. */
	@Bean
	TransactionManagerCustomizer<AbstractPlatformTransactionManager> strictReadOnly() {
		return (manager) -> manager.setValidateExistingTransaction(true);
	}

}
