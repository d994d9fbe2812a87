package com.foobar.database.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import com.foobar.database.DatabaseProperties;
import com.foobar.database.Deadline;
import com.foobar.database.topology.Topology;

/** The database servers, and what they currently are to each other. */
public interface Cluster extends AutoCloseable {

	List<Node> nodes();

	/** The latest topology; never blocks. */
	Topology topology();

	/** Why that server did not answer when last asked; empty if it did. */
	String complaint(String node);

	/**
	 * Waits for a condition that depends on the topology or on what servers answered.
	 * @return whether it holds; false after the timeout
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

	/**
	 * The server that takes writes by the next topology, published after this call.
	 * Nothing if there is none within two seconds, or within the {@link Deadline}.
	 */
	default Optional<Node> nextPrimary() {
		Topology last = topology();
		boolean published = await(() -> topology() != last,
				Deadline.current().atMost(DatabaseProperties.Monitor.MAX_ROUND));
		return published ? primary() : Optional.empty();
	}

	/**
	 * Whether a server leaves the monitor's questions unanswered: it is frozen, or cut
	 * off. One that is well has been asked, and has answered, within two seconds. Where
	 * there is no time to wait for that, nothing is said against the server.
	 * @param since a time by {@link System#nanoTime()} from which on an answer counts
	 */
	default boolean isSilent(Node node, long since) {
		boolean answered = await(() -> node.hasAnswered(since),
				Deadline.current().atMost(DatabaseProperties.Monitor.MAX_ROUND));
		return !answered && !Deadline.current().hasPassed();
	}

	@Override
	void close();

}
