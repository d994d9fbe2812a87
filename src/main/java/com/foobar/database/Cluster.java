package com.foobar.database;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The database servers, and what they currently are to each other. */
sealed interface Cluster extends AutoCloseable permits MySqlCluster, EmbeddedCluster {

	List<Node> nodes();

	/** The latest topology; never blocks. */
	Topology topology();

	/** Why that server did not answer when last asked; empty if it did. */
	String complaint(String node);

	/**
	 * Waits until something is so that only another topology can bring about.
	 * @return whether it is so, or else the time is over
	 */
	boolean await(BooleanSupplier condition, Duration atMost);

	default Node node(String name) {
		return nodes().stream()
			.filter((node) -> node.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No such node [%s]".formatted(name)));
	}

	/** The server that takes writes, unless it has just let us down. */
	default Optional<Node> primary() {
		return primary(topology());
	}

	default Optional<Node> primary(Topology topology) {
		return topology.primary().map(this::node).filter((node) -> !node.isSuspect());
	}

	default Optional<Node> awaitPrimary(Duration atMost) {
		await(() -> primary().isPresent(), atMost);
		return primary();
	}

	/** The server that takes writes by the next topology, published after this call. */
	default Optional<Node> nextPrimary() {
		Topology last = topology();
		await(() -> topology() != last, Duration.ofSeconds(2));
		return primary();
	}

	@Override
	void close();

}
