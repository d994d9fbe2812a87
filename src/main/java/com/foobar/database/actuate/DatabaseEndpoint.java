package com.foobar.database.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.foobar.database.server.Cluster;
import com.foobar.database.server.Node;
import com.foobar.database.topology.RoleChanges;
import com.foobar.database.topology.ServerRole;
import com.foobar.database.topology.Topology;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.stereotype.Component;

/**
 * Serves {@code /actuator/database}: how this instance sees the database servers, and
 * their latest changes of role.
 */
@Component
@Endpoint(id = "database")
public class DatabaseEndpoint {

	private final Cluster cluster;

	private final RoleChanges<Node> changes;

	public DatabaseEndpoint(Cluster cluster, RoleChanges<Node> changes) {
		this.cluster = cluster;
		this.changes = changes;
	}

	@ReadOperation
	public Description database() {
		Topology<Node> topology = this.cluster.topology();
		var nodes = new TreeMap<String, Server>();
		this.cluster.nodes().forEach((node) -> nodes.put(node.name(), describe(node, topology)));
		return new Description(topology.primary().map(Node::name).orElse(null), nodes, this.changes.recent());
	}

	private Server describe(Node node, Topology<Node> topology) {
		return new Server(topology.role(node), topology.lag(node), this.cluster.probeError(node),
				node.executed().toString(), node.readPool().inFlight(), node.writePool().inFlight());
	}

	/**
	 * The response.
	 *
	 * @param primary the server that takes writes; null if there is none
	 * @param changes the latest changes of role, newest first
	 */
	public record Description(@Nullable String primary, Map<String, Server> nodes,
			List<RoleChanges.RoleChange> changes) {
	}

	/**
	 * A database server.
	 *
	 * @param lag how far it is behind the primary; null if that is not known
	 * @param probeError why it did not answer the last probe; empty if it did
	 * @param executed the transactions that it is known to have executed, as a GTID set
	 * @param reads how many read-only transactions run on it or wait for a connection
	 * @param writes how many other transactions run on it or wait for a connection
	 */
	public record Server(ServerRole role, @Nullable Duration lag, String probeError, String executed, int reads,
			int writes) {
	}

}
