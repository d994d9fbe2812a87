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

/** The whole way of a transaction, put together as the application does, on stubs. */
final class StubSite {

	static final FailoverProperties FAILOVER = new FailoverProperties(Duration.ofMillis(300), 10);

	static final ReadProperties READS = new ReadProperties(Duration.ofSeconds(5), Duration.ofMillis(50),
			Duration.ofMillis(200));

	final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	final DataSource dataSource;

	final RoutingTransactionManager transactions;

	private final JdbcTemplate statements;

	private final Work work;

	StubSite(Cluster cluster) {
		this(cluster, FAILOVER);
	}

	StubSite(Cluster cluster, FailoverProperties failover) {
		var configuration = new DatabaseConfiguration();
		var holding = new PrimaryWaitQueue(cluster, failover, 4, this.meters);
		var reads = new ReadRouter(cluster, READS, holding, this.meters);
		var routing = new RoutingDataSource(cluster, reads, holding, this.meters);
		routing.afterPropertiesSet();
		this.dataSource = configuration.dataSource(routing);
		var translator = configuration.exceptionTranslator(this.meters);
		this.transactions = new RoutingTransactionManager(this.dataSource, translator);
		this.statements = new JdbcTemplate(this.dataSource);
		this.statements.setExceptionTranslator(translator);
		var attributes = new AnnotationTransactionAttributeSource();
		var proxy = new ProxyFactory(new Work(JdbcClient.create(this.statements)));
		proxy.setProxyTargetClass(true);
		proxy.addAdvisor(new TransactionRetry(attributes, () -> this.meters));
		proxy.addAdvice(new TransactionInterceptor(this.transactions, attributes));
		this.work = (Work) proxy.getProxy();
	}

	Work work() {
		return this.work;
	}

	JdbcTemplate statements() {
		return this.statements;
	}

	/** Transactions that interrupt the one they are begun in. */
	TransactionTemplate apart() {
		var apart = new TransactionTemplate(this.transactions);
		apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		return apart;
	}

	double counted(String name) {
		return this.meters.find(name).counters().stream().mapToDouble((counter) -> counter.count()).sum();
	}

	/** A statement, of whatever kind. */
	static Function<JdbcClient, Integer> statement() {
		return (jdbc) -> jdbc.sql("UPDATE anything").update();
	}

}
