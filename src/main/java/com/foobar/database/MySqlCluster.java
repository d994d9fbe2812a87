package com.foobar.database;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/** The configured MySQL servers, watched for as long as the application runs. */
final class MySqlCluster implements Cluster {

	private final List<Node> nodes;

	private final TopologyMonitor monitor;

	MySqlCluster(DatabaseProperties properties, HikariConfig template, RoleChanges changes) {
		this.nodes = properties.addresses().stream().map((address) -> open(address, properties, template)).toList();
		this.monitor = new TopologyMonitor(properties, this.nodes, changes);
	}

	private static Node open(NodeAddress address, DatabaseProperties properties, HikariConfig template) {
		return new Node(address.name(), pool(address, Access.READ, properties, template),
				pool(address, Access.WRITE, properties, template), new MySqlQuestions(address, properties));
	}

	private static NodePool pool(NodeAddress address, Access access, DatabaseProperties properties,
			HikariConfig template) {
		String url = MySqlUrl.forSite(address, properties.name(), properties.pool().timeout());
		HikariDataSource pool = Pools.open(template, address.name(), access, url, properties.username(),
				properties.password());
		return new NodePool(address.name(), pool);
	}

	@Override
	public List<Node> nodes() {
		return this.nodes;
	}

	@Override
	public Topology topology() {
		return this.monitor.topology();
	}

	@Override
	public boolean await(BooleanSupplier condition, Duration atMost) {
		return this.monitor.await(condition, atMost);
	}

	@Override
	public void close() {
		this.monitor.close();
		this.nodes.forEach(Node::close);
	}

}
