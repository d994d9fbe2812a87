package com.foobar.database.routing;

import java.time.Duration;
import java.util.function.Function;

import javax.sql.DataSource;

import com.foobar.database.FailoverProperties;
import com.foobar.database.ReadProperties;
import com.foobar.database.Work;
import com.foobar.database.config.DatabaseConfiguration;
import com.foobar.database.server.Cluster;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.AnnotationTransactionAttributeSource;
import org.springframework.transaction.interceptor.TransactionInterceptor;
import org.springframework.transaction.support.TransactionTemplate;

/** Builds the routing of transactions as the application does, with stub servers. */
final class StubSite {

	static final FailoverProperties FAILOVER = new FailoverProperties(Duration.ofMillis(300), 10);

	static final ReadProperties READS = new ReadProperties(Duration.ofSeconds(5), Duration.ofMillis(50),
			Duration.ofMillis(200));

	final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	final DataSource dataSource;

	final RoutingTransactionManager transactionManager;

	private final JdbcTemplate jdbcTemplate;

	private final Work work;

	StubSite(Cluster cluster) {
		this(cluster, FAILOVER);
	}

	StubSite(Cluster cluster, FailoverProperties failover) {
		this(cluster, failover, Duration.ofSeconds(1));
	}

	StubSite(Cluster cluster, ReadProperties reads) {
		this(cluster, FAILOVER, reads, Duration.ofSeconds(1));
	}

	StubSite(Cluster cluster, FailoverProperties failover, Duration slowStatement) {
		this(cluster, failover, READS, slowStatement);
	}

	private StubSite(Cluster cluster, FailoverProperties failover, ReadProperties reads, Duration slowStatement) {
		var configuration = new DatabaseConfiguration();
		var waitQueue = new PrimaryWaitQueue(cluster, failover, 4, this.meters);
		var readRouter = new ReadRouter(cluster, reads, waitQueue, this.meters);
		var routingDataSource = new RoutingDataSource(cluster, readRouter, waitQueue, slowStatement, this.meters);
		routingDataSource.afterPropertiesSet();
		this.dataSource = configuration.dataSource(routingDataSource);
		var translator = configuration.exceptionTranslator(this.meters);
		this.transactionManager = new RoutingTransactionManager(this.dataSource, translator);
		this.jdbcTemplate = new JdbcTemplate(this.dataSource);
		this.jdbcTemplate.setExceptionTranslator(translator);
		var attributes = new AnnotationTransactionAttributeSource();
		var proxy = new ProxyFactory(new Work(JdbcClient.create(this.jdbcTemplate)));
		proxy.setProxyTargetClass(true);
		proxy.addAdvisor(new TransactionRetry(attributes, () -> this.meters));
		proxy.addAdvice(new TransactionInterceptor(this.transactionManager, attributes));
		this.work = (Work) proxy.getProxy();
	}

	Work work() {
		return this.work;
	}

	JdbcTemplate jdbcTemplate() {
		return this.jdbcTemplate;
	}

	/**
	 * Returns a template whose transactions suspend the transaction in which they begin.
	 */
	TransactionTemplate requiresNew() {
		var requiresNew = new TransactionTemplate(this.transactionManager);
		requiresNew.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		return requiresNew;
	}

	/** Returns the sum of the counters with the name. */
	double count(String name) {
		return this.meters.find(name).counters().stream().mapToDouble((counter) -> counter.count()).sum();
	}

	/** Returns a statement. The stub servers accept any statement. */
	static Function<JdbcClient, Integer> statement() {
		return (jdbc) -> jdbc.sql("UPDATE anything").update();
	}

}
