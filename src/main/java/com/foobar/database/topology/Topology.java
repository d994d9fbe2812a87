package com.foobar.database.topology;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Roles and lags of all servers as of one round of probes. Immutable and safe for use by
 * several threads.
 *
 * @param <N> the type of the nodes. The text of a node is its name, and nodes are listed
 * in the order of their names.
 * @param roles the role of each node
 * @param lags the lag of each node: the age of the oldest known position of the primary
 * that the node does not have. A node whose lag is unknown is absent. While there is no
 * primary, these are the last values.
 */
public record Topology<N>(Map<N, ServerRole> roles, Map<N, Duration> lags) {

	public Topology {
		roles = Map.copyOf(roles);
		lags = Map.copyOf(lags);
	}

	/** Returns all nodes. */
	List<N> nodes() {
		return this.roles.keySet().stream().sorted(Comparator.comparing(Object::toString)).toList();
	}

	/**
	 * Returns the server that accepts writes. Empty if several do, because writes to one
	 * of them would be missing on the other.
	 */
	public Optional<N> primary() {
		List<N> writable = withRole(ServerRole.PRIMARY);
		return (writable.size() == 1) ? Optional.of(writable.getFirst()) : Optional.empty();
	}

	/** Returns the replicas whose lag is at most the given one. */
	public List<N> replicas(Duration maxLag) {
		return upToLag(maxLag, withRole(ServerRole.REPLICA));
	}

	/**
	 * Returns the servers that are no replicas but may serve reads while there is no
	 * primary, for example during a switchover. They miss no writes, because the
	 * application then writes to no server.
	 */
	public List<N> readableWithoutPrimary(Duration maxLag) {
		if (primary().isPresent()) {
			return List.of();
		}
		List<N> writable = withRole(ServerRole.PRIMARY);
		return upToLag(maxLag, writable.isEmpty() ? withRole(ServerRole.DETACHED) : writable);
	}

	/**
	 * Whether any server can be read from.
	 * @param maxLag the longest lag of a server other than the primary
	 */
	public boolean isReadable(Duration maxLag) {
		return primary().isPresent() || !replicas(maxLag).isEmpty() || !readableWithoutPrimary(maxLag).isEmpty();
	}

	private List<N> upToLag(Duration maxLag, List<N> nodes) {
		return nodes.stream().filter((node) -> {
			Duration lag = lag(node);
			return lag != null && lag.compareTo(maxLag) <= 0;
		}).toList();
	}

	/** Returns the lag of a node; null if it is unknown. */
	public @Nullable Duration lag(N node) {
		return this.lags.get(node);
	}

	/** Returns the role of a node; {@link ServerRole#UNKNOWN} if there is none. */
	public ServerRole role(N node) {
		return this.roles.getOrDefault(node, ServerRole.UNKNOWN);
	}

	/** Returns the nodes that have the role. */
	public List<N> withRole(ServerRole role) {
		return nodes().stream().filter((node) -> role(node) == role).toList();
	}

	@Override
	public String toString() {
		return nodes().stream().map((node) -> node + " " + role(node)).collect(Collectors.joining(", "));
	}

}
