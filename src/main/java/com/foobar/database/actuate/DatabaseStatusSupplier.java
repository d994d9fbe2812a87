package com.foobar.database.actuate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import com.foobar.database.DatabaseStatus;
import com.foobar.database.ReadProperties;
import com.foobar.database.server.Cluster;
import com.foobar.database.server.Node;
import com.foobar.database.topology.Topology;
import org.springframework.stereotype.Component;

/**
 * Describes the latest topology without the addresses of the servers. Asks no server and
 * never waits. Safe for use by several threads.
 */
@Component
final class DatabaseStatusSupplier implements Supplier<DatabaseStatus> {

	private static final Pattern NAME = Pattern.compile("[a-zA-Z][\\w-]*");

	private final Cluster cluster;

	private final Duration maxLag;

	DatabaseStatusSupplier(Cluster cluster, ReadProperties properties) {
		this.cluster = cluster;
		this.maxLag = properties.maxLag();
	}

	@Override
	public DatabaseStatus get() {
		Topology<Node> topology = this.cluster.topology();
		List<Node> working = new ArrayList<>(topology.replicas(this.maxLag));
		topology.primary().ifPresent(working::add);
		var servers = new ArrayList<DatabaseStatus.Server>();
		for (Node node : this.cluster.nodes()) {
			servers.add(new DatabaseStatus.Server(publicName(node.name(), servers.size() + 1),
					topology.role(node).label(), topology.lag(node), working.contains(node)));
		}
		return new DatabaseStatus(topology.isReadable(this.maxLag), this.cluster.primary(topology).isPresent(),
				List.copyOf(servers));
	}

	// A name with a domain or a port would be an address, so a number takes its place.
	private static String publicName(String name, int number) {
		return NAME.matcher(name).matches() ? name : "database-" + number;
	}

}
