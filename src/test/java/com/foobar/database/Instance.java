package com.foobar.database;

import java.time.Duration;
import java.util.stream.Stream;

import com.foobar.FoobarApplication;
import com.foobar.database.routing.RoutingReason;
import com.foobar.database.server.Cluster;
import com.foobar.database.server.Node;
import com.foobar.database.topology.ServerRole;
import com.foobar.database.topology.Topology;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.testcontainers.mysql.MySQLContainer;

/**
 * Runs one of several instances of the site. Each has its own connections and its own
 * topology.
 */
public final class Instance implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private Instance(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/** Starts an instance with the servers that the initializer sets. */
	public static Instance start(ApplicationContextInitializer<?> servers, String... settings) {
		String[] arguments = Stream.concat(Stream.of("server.port=0", "management.server.port=0"), Stream.of(settings))
			.map((setting) -> "--" + setting)
			.toArray(String[]::new);
		return new Instance(
				new SpringApplicationBuilder(FoobarApplication.class, Work.class).initializers(servers).run(arguments));
	}

	public String url() {
		return "http://localhost:" + this.context.getEnvironment().getProperty("local.server.port");
	}

	public Cluster cluster() {
		return this.context.getBean(Cluster.class);
	}

	public Topology<Node> topology() {
		return cluster().topology();
	}

	/** Returns the server as this instance knows it. */
	public Node node(MySQLContainer server) {
		String name = NodeAddress.parse(MySqlServers.address(server)).name();
		return cluster().nodes().stream().filter((node) -> node.name().equals(name)).findFirst().orElseThrow();
	}

	/**
	 * Waits at most 30 s until the server has the role in this instance's topology. For a
	 * replica, its lag must also be known.
	 */
	public void awaitRole(MySQLContainer server, ServerRole role) {
		Node node = node(server);
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.until(() -> topology().role(node) == role && (role != ServerRole.REPLICA || topology().lag(node) != null));
	}

	public Work work() {
		return this.context.getBean(Work.class);
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	/** Returns the number of transactions that were routed for any of the reasons. */
	public double routedTransactions(RoutingReason... reasons) {
		return Stream.of(reasons)
			.mapToDouble((reason) -> counterValue("database.routed", "reason", reason.label()))
			.sum();
	}

	/** Returns the sum of the counters with the name and the tags. */
	public double counterValue(String name, String... tags) {
		return this.context.getBean(MeterRegistry.class)
			.find(name)
			.tags(tags)
			.counters()
			.stream()
			.mapToDouble(Counter::count)
			.sum();
	}

	@Override
	public void close() {
		this.context.close();
	}

}
