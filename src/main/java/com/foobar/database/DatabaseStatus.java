package com.foobar.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

	/**
	 * The names of those that serve reads: replicas, or the primary while there are none.
	 */
	public String readers() {
		String replicas = names((server) -> server.working() && !server.isPrimary());
		return (replicas.isEmpty() && this.readable) ? writer() : nobodyIf(replicas);
	}

	/** The name of the one that takes writes. */
	public String writer() {
		return nobodyIf(names((server) -> server.working() && server.isPrimary()));
	}

	private String names(Predicate<Server> which) {
		return this.servers.stream().filter(which).map(Server::name).collect(Collectors.joining(", "));
	}

	private static String nobodyIf(String empty) {
		return empty.isEmpty() ? "none" : empty;
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

		private boolean isPrimary() {
			return this.role.equals(Role.PRIMARY.label());
		}

	}

}
