package com.foobar.database.server;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

import com.foobar.database.DatabaseProperties;
import com.foobar.database.Deadline;
import com.foobar.database.topology.Topology;

/**
 * The database servers and their current topology. Implementations are safe for use by
 * several threads.
 */
public interface Cluster extends AutoCloseable {

	/** Returns all servers, in the order in which they are configured. */
	List<Node> nodes();

	/** Returns the latest topology; never blocks. */
	Topology<Node> topology();

	/** Returns why a server did not answer the last probe; empty if it answered. */
	String probeError(Node node);

	/**
	 * Waits until a condition on the topology or on the probe results is met. The
	 * condition is checked after each round of probes.
	 * @return whether the condition is met; false after the timeout, or if the thread is
	 * interrupted
	 */
	boolean await(BooleanSupplier condition, Duration timeout);

	/** Returns the primary; empty if there is none or if it is suspect. */
	default Optional<Node> primary() {
		return primary(topology());
	}

	/**
	 * Returns the primary of that topology; empty if there is none or if it is suspect.
	 */
	default Optional<Node> primary(Topology<Node> topology) {
		return topology.primary().filter((node) -> !node.isSuspect());
	}

	/**
	 * Returns the primary, and waits for one if there is none.
	 * @return the primary; empty after the timeout
	 */
	default Optional<Node> awaitPrimary(Duration timeout) {
		await(() -> primary().isPresent(), timeout);
		return primary();
	}

	/**
	 * Returns the primary of the next topology that is published after this call. Waits
	 * at most two seconds ({@link DatabaseProperties.Monitor#MAX_ROUND}) and not beyond
	 * the {@link Deadline}; empty if there is no primary by then.
	 */
	default Optional<Node> nextPrimary() {
		Topology<Node> last = topology();
		boolean published = await(() -> topology() != last,
				Deadline.current().atMost(DatabaseProperties.Monitor.MAX_ROUND));
		return published ? primary() : Optional.empty();
	}

	/**
	 * Whether a server answers no probe that is sent after a given time, because it is
	 * frozen or cut off. Waits at most two seconds
	 * ({@link DatabaseProperties.Monitor#MAX_ROUND}), in which every healthy server is
	 * probed and answers. If the {@link Deadline} passes first, the server does not count
	 * as unresponsive.
	 * @param since a time by {@link System#nanoTime()}
	 */
	default boolean isUnresponsive(Node node, long since) {
		boolean answered = await(() -> node.hasAnsweredSince(since),
				Deadline.current().atMost(DatabaseProperties.Monitor.MAX_ROUND));
		return !answered && !Deadline.current().hasPassed();
	}

	@Override
	void close();

}
