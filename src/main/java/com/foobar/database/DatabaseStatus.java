package com.foobar.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * How the database servers were when they were last asked, for everybody to see: no
 * addresses, no ports. To get one asks no server and never waits: inject a
 * {@code Supplier<DatabaseStatus>}.
 *
 * @param readable whether there is a server to read from
 * @param writable whether there is one to write to
 * @param servers in the order in which they are configured
 */
public record DatabaseStatus(boolean readable, boolean writable, List<Server> servers) {

	private static final Pattern NAME = Pattern.compile("[a-zA-Z][\\w-]*");

	static DatabaseStatus of(Cluster cluster, Duration toleratedLag) {
		Topology topology = cluster.topology();
		List<String> working = new ArrayList<>(topology.replicas(toleratedLag));
		topology.primary().ifPresent(working::add);
		var servers = new ArrayList<Server>();
		for (Node node : cluster.nodes()) {
			String name = node.name();
			servers.add(new Server(shown(name, servers.size() + 1), topology.role(name).label(), topology.lag(name),
					working.contains(name)));
		}
		return new DatabaseStatus(topology.isReadable(toleratedLag), cluster.primary(topology).isPresent(),
				List.copyOf(servers));
	}

	// Whatever is more than a name, with a domain or a port, says too much.
	private static String shown(String name, int number) {
		return NAME.matcher(name).matches() ? name : "database-" + number;
	}

	/**
	 * A database server.
	 *
	 * @param role for example primary or replica
	 * @param lag how far it is behind the primary; null if that cannot be told
	 * @param working whether it does what it is there for
	 */
	public record Server(String name, String role, @Nullable Duration lag, boolean working) {
	}

}
