package com.foobar.database.topology;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Roles and lags of all servers as of one round of probes. Immutable and safe for use by
 * several threads.
 *
 * @param roles the role of each node, by the node's name
 * @param lags the lag of each node, by the node's name: the age of the oldest known
 * position of the primary that the node does not have. A node whose lag is unknown is
 * absent. While there is no primary, these are the last values.
 */
public record Topology(Map<String, ServerRole> roles, Map<String, Duration> lags) {

	public Topology {
		roles = Map.copyOf(roles);
		lags = Map.copyOf(lags);
	}

	/**
	 * Returns the server that accepts writes. Empty if several do, because writes to one
	 * of them would be missing on the other.
	 */
	public Optional<String> primary() {
		List<String> writable = withRole(ServerRole.PRIMARY);
		return (writable.size() == 1) ? Optional.of(writable.getFirst()) : Optional.empty();
	}

	/** Returns the replicas whose lag is at most the given one. */
	public List<String> replicas(Duration maxLag) {
		return upToLag(maxLag, withRole(ServerRole.REPLICA));
	}

	/**
	 * Returns the servers that are no replicas but may serve reads while there is no
	 * primary, for example during a switchover. They miss no writes, because the
	 * application then writes to no server.
	 */
	public List<String> readableWithoutPrimary(Duration maxLag) {
		if (primary().isPresent()) {
			return List.of();
		}
		List<String> writable = withRole(ServerRole.PRIMARY);
		return upToLag(maxLag, writable.isEmpty() ? withRole(ServerRole.DETACHED) : writable);
	}

	/** Whether a server can be read from. */
	public boolean isReadable(Duration maxLag) {
		return primary().isPresent() || !replicas(maxLag).isEmpty() || !readableWithoutPrimary(maxLag).isEmpty();
	}

	private List<String> upToLag(Duration maxLag, List<String> nodes) {
		return nodes.stream().filter((node) -> {
			Duration lag = lag(node);
			return lag != null && lag.compareTo(maxLag) <= 0;
		}).toList();
	}

	public @Nullable Duration lag(String node) {
		return this.lags.get(node);
	}

	public ServerRole role(String node) {
		return this.roles.getOrDefault(node, ServerRole.UNKNOWN);
	}

	public List<String> withRole(ServerRole role) {
		return this.roles.entrySet()
			.stream()
			.filter((entry) -> entry.getValue() == role)
			.map(Map.Entry::getKey)
			.sorted()
			.toList();
	}

	@Override
	public String toString() {
		return this.roles.entrySet()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.map((entry) -> entry.getKey() + " " + entry.getValue())
			.collect(Collectors.joining(", "));
	}

}
