package com.foobar.database;

import java.util.List;

import com.zaxxer.hikari.HikariConfig;

/** The configured MySQL servers, watched for as long as the application runs. */
final class MySqlCluster implements Cluster {

	private final List<Node> nodes;

	private final TopologyMonitor monitor;

	MySqlCluster(DatabaseProperties properties, HikariConfig template) {
		this.nodes = properties.addresses().stream().map((address) -> open(address, properties, template)).toList();
		this.monitor = new TopologyMonitor(properties, this::evict);
	}

	private static Node open(NodeAddress address, DatabaseProperties properties, HikariConfig template) {
		String url = MySqlUrl.forSite(address, properties.name());
		String username = properties.username();
		String password = properties.password();
		return new Node(address.name(), Pools.open(template, address.name(), Access.READ, url, username, password),
				Pools.open(template, address.name(), Access.WRITE, url, username, password));
	}

	private void evict(String name) {
		this.nodes.stream().filter((node) -> node.name().equals(name)).forEach(Node::evict);
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
	public void close() {
		this.monitor.close();
		this.nodes.forEach(Node::close);
	}

}
