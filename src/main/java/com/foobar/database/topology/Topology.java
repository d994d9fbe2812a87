package com.foobar.database.topology;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * What the servers are to each other, as of one round of questions. Immutable: work that
 * began with one topology ends with it.
 *
 * @param roles the role of each node, by the node's name
 * @param lags how far behind the primary each node is: the age of the oldest position of
 * the primary, among those seen, that it lacks. Nodes for which that was never known are
 * absent. While there is no primary these are the last values.
 */
public record Topology(Map<String, ServerRole> roles, Map<String, Duration> lags) {

	public Topology {
		roles = Map.copyOf(roles);
		lags = Map.copyOf(lags);
	}

	/**
	 * The server that takes writes. Empty when two say so: picking one of them would lose
	 * what the other is given.
	 */
	public Optional<String> primary() {
		List<String> writable = with(ServerRole.PRIMARY);
		return (writable.size() == 1) ? Optional.of(writable.getFirst()) : Optional.empty();
	}

	/** The replicas that are at most that far behind. */
	public List<String> replicas(Duration toleratedLag) {
		return within(toleratedLag, with(ServerRole.REPLICA));
	}

	/**
	 * What can still be read when there is neither a primary nor a replica, as in the
	 * middle of a switch: nobody writes what these servers could miss.
	 */
	public List<String> leftovers(Duration toleratedLag) {
		if (primary().isPresent()) {
			return List.of();
		}
		List<String> contenders = with(ServerRole.PRIMARY);
		return within(toleratedLag, contenders.isEmpty() ? with(ServerRole.DETACHED) : contenders);
	}

	/** Whether there is any server to read from. */
	public boolean isReadable(Duration toleratedLag) {
		return primary().isPresent() || !replicas(toleratedLag).isEmpty() || !leftovers(toleratedLag).isEmpty();
	}

	private List<String> within(Duration toleratedLag, List<String> nodes) {
		return nodes.stream().filter((node) -> {
			Duration lag = lag(node);
			return lag != null && lag.compareTo(toleratedLag) <= 0;
		}).toList();
	}

	public @Nullable Duration lag(String node) {
		return this.lags.get(node);
	}

	public ServerRole role(String node) {
		return this.roles.getOrDefault(node, ServerRole.UNKNOWN);
	}

	public List<String> with(ServerRole role) {
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
