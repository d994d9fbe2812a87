package com.foobar.database.server;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

import com.foobar.database.DatabaseProperties;
import com.foobar.database.NodeAddress;
import com.foobar.database.connection.AccessMode;
import com.foobar.database.connection.MySqlUrl;
import com.foobar.database.connection.PoolFactory;
import com.foobar.database.topology.RoleChanges;
import com.foobar.database.topology.Topology;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

/**
 * The configured MySQL servers. A monitor probes them until the cluster is closed. The
 * constructor waits for the first round of probes, at most
 * {@code foobar.database.monitor.timeout} (1s), and also returns if no server answers.
 *
 * <p>
 * Safe for use by several threads.
 */
public final class MySqlCluster implements Cluster {

	private final List<Node> nodes;

	private final TopologyMonitor monitor;

	public MySqlCluster(DatabaseProperties properties, HikariConfig template, RoleChanges<Node> changes) {
		this(properties, template, changes, MySqlUrl::forSite);
	}

	private MySqlCluster(DatabaseProperties properties, HikariConfig template, RoleChanges<Node> changes, Url url) {
		Map<Node, Probe> probes = new LinkedHashMap<>();
		properties.addresses()
			.forEach((address) -> probes.put(open(address, properties, template, url),
					new MySqlProbe(address, properties)));
		this.nodes = List.copyOf(probes.keySet());
		this.monitor = new TopologyMonitor(properties, probes, changes);
	}

	/**
	 * Creates a cluster for a migration. Its pools open only the connections that the
	 * migration requests.
	 */
	public static MySqlCluster forMigration(DatabaseProperties properties, RoleChanges<Node> changes) {
		var template = new HikariConfig();
		template.setMinimumIdle(0);
		template.setConnectionTimeout(Duration.ofSeconds(5).toMillis());
		template.setInitializationFailTimeout(-1);
		return new MySqlCluster(properties, template, changes,
				(address, settings, access) -> MySqlUrl.forMigration(address, settings));
	}

	private static Node open(NodeAddress address, DatabaseProperties properties, HikariConfig template, Url url) {
		return new Node(address.name(), pool(address, AccessMode.READ, properties, template, url),
				pool(address, AccessMode.WRITE, properties, template, url), new MySqlGtidQueries(address, properties));
	}

	private static NodePool pool(NodeAddress address, AccessMode access, DatabaseProperties properties,
			HikariConfig template, Url url) {
		HikariDataSource pool = PoolFactory.open(template, address.name(), access, url.of(address, properties, access),
				properties.username(), properties.password());
		return new NodePool(address.name(), new HikariPool(pool));
	}

	@Override
	public List<Node> nodes() {
		return this.nodes;
	}

	@Override
	public Topology<Node> topology() {
		return this.monitor.topology();
	}

	@Override
	public String probeError(Node node) {
		return this.monitor.probeError(node);
	}

	@Override
	public boolean await(BooleanSupplier condition, Duration timeout) {
		return this.monitor.await(condition, timeout);
	}

	@Override
	public void close() {
		this.monitor.close();
		this.nodes.forEach(Node::close);
	}

	/** Builds the JDBC URL of a server. */
	private interface Url {

		String of(NodeAddress address, DatabaseProperties properties, AccessMode access);

	}

}
