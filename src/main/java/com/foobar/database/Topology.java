package com.foobar.database;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What every server said of itself in one round of questions. Immutable: work that began
 * with one topology ends with it.
 *
 * @param roles the role of each node, by the node's name
 */
record Topology(Map<String, Role> roles) {

	Topology {
		roles = Map.copyOf(roles);
	}

	/**
	 * The server that takes writes. Empty when two say so: picking one of them would lose
	 * what the other is given.
	 */
	Optional<String> primary() {
		List<String> writable = with(Role.PRIMARY);
		return (writable.size() == 1) ? Optional.of(writable.getFirst()) : Optional.empty();
	}

	/**
	 * The servers fit for read-only transactions: the replicas, or else whatever accepts
	 * writes. When nothing does, as in the middle of a switch, nobody writes what a
	 * detached server could miss, so reads go on there.
	 */
	List<String> readers() {
		return Stream.of(Role.REPLICA, Role.PRIMARY, Role.DETACHED)
			.map(this::with)
			.filter((nodes) -> !nodes.isEmpty())
			.findFirst()
			.orElse(List.of());
	}

	List<String> with(Role role) {
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
