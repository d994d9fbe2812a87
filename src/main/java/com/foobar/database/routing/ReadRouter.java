package com.foobar.database.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import com.foobar.database.ConsistencyContext;
import com.foobar.database.Deadline;
import com.foobar.database.NoServerException;
import com.foobar.database.ReadProperties;
import com.foobar.database.server.Cluster;
import com.foobar.database.server.Node;
import com.foobar.database.topology.GtidSet;
import com.foobar.database.topology.Topology;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Chooses the server of a read-only transaction, so that the transaction sees everything
 * that its visitor has seen. Tries these servers in turn:
 * <ol>
 * <li>a replica that is known to have the visitor's position;
 * <li>a replica that reaches it within {@code foobar.database.read.catch-up-timeout};
 * <li>the primary;
 * <li>without a primary, another server that is known to have the position;
 * <li>a replica that reaches it within {@code foobar.database.read.timeout}.
 * </ol>
 * Fails rather than returns older data. No wait is longer than the {@link Deadline}.
 * Without a deadline, the waits of one read add up to at most four times
 * {@code read.timeout}, {@code read.catch-up-timeout}, two seconds for the next topology,
 * and the time that the primary takes to answer. Safe for use by several threads.
 */
public final class ReadRouter {

	private final Cluster cluster;

	private final ReadProperties properties;

	private final StrongReadPosition strongPosition;

	private final LostWriteDetector lostWrites;

	private final Timer reached;

	private final Timer timedOut;

	public ReadRouter(Cluster cluster, ReadProperties properties, PrimaryWaitQueue waitQueue, MeterRegistry meters) {
		this.cluster = cluster;
		this.properties = properties;
		this.strongPosition = new StrongReadPosition(cluster, properties, waitQueue, meters);
		this.lostWrites = new LostWriteDetector(cluster, properties, meters);
		this.reached = replicaWait("reached", meters);
		this.timedOut = replicaWait("timeout", meters);
	}

	private static Timer replicaWait(String outcome, MeterRegistry meters) {
		return Timer.builder("database.replica.wait")
			.description("How long reads waited until a replica had their position")
			.tag("outcome", outcome)
			.register(meters);
	}

	/**
	 * Chooses the server of a read.
	 * @param strong whether the transaction has the label {@code strong}
	 * @throws NoServerException if no server has the position in time
	 */
	Choice choose(ConsistencyContext context, boolean strong) {
		if (strong || context.isStrong()) {
			Topology<Node> topology = this.cluster.topology();
			Optional<Node> primary = this.cluster.primary(topology);
			// The primary has everything, so its position is not needed.
			if (primary.isPresent() && replicas(topology).isEmpty()) {
				return new Choice(primary.get(), RoutingReason.NO_REPLICA);
			}
			this.strongPosition.raise(context, strong);
		}
		return choose(context, this.cluster.topology());
	}

	private Choice choose(ConsistencyContext context, Topology<Node> topology) {
		GtidSet position = context.seen();
		List<Node> replicas = replicas(topology);
		return replica(position, replicas, topology).or(() -> primary(context, replicas, topology))
			.or(() -> withoutPrimary(position, topology))
			.or(() -> replicaWithinTimeout(position, replicas))
			.orElseThrow(() -> new NoServerException(
					"No database server has the data that must be read [%s]".formatted(topology)));
	}

	private Optional<Choice> replica(GtidSet position, List<Node> replicas, Topology<Node> topology) {
		return replicas.stream()
			.filter((node) -> node.hasExecuted(position))
			.findFirst()
			.map((node) -> new Choice(node, RoutingReason.REPLICA))
			.or(() -> replicaAfterCatchUp(position, replicas, topology));
	}

	private Optional<Choice> replicaAfterCatchUp(GtidSet position, List<Node> replicas, Topology<Node> topology) {
		List<Node> closeReplicas = topology.replicas(this.properties.catchUpTimeout());
		return awaitReplica(replicas.stream().filter(closeReplicas::contains).findFirst(), position,
				this.properties.catchUpTimeout());
	}

	private Optional<Choice> replicaWithinTimeout(GtidSet position, List<Node> replicas) {
		return awaitReplica(replicas.stream().findFirst(), position, this.properties.timeout());
	}

	private Optional<Choice> awaitReplica(Optional<Node> replica, GtidSet position, Duration timeout) {
		return replica.filter((node) -> await(node, position, timeout))
			.map((node) -> new Choice(node, RoutingReason.CAUGHT_UP));
	}

	private boolean await(Node node, GtidSet position, Duration timeout) {
		long began = System.nanoTime();
		boolean reached = node.await(position, Deadline.current().atMost(timeout));
		(reached ? this.reached : this.timedOut).record(Duration.ofNanos(System.nanoTime() - began));
		return reached;
	}

	// The least busy replica comes first. A slow server has more transactions in flight,
	// and so gets fewer new ones.
	private List<Node> replicas(Topology<Node> topology) {
		List<Candidate> candidates = new ArrayList<>();
		usable(topology.replicas(this.properties.maxLag()))
			.forEach((node) -> candidates.add(new Candidate(node, node.readPool().inFlight())));
		Collections.shuffle(candidates);
		return candidates.stream().sorted(Comparator.comparing(Candidate::inFlight)).map(Candidate::node).toList();
	}

	private static List<Node> usable(List<Node> nodes) {
		return nodes.stream().filter((node) -> !node.isSuspect()).toList();
	}

	// Reads that the replicas cannot serve may fill the primary's pool for reads and no
	// more, because writes use another pool.
	private Optional<Choice> primary(ConsistencyContext context, List<Node> replicas, Topology<Node> topology) {
		boolean noReplica = replicas.isEmpty();
		return this.cluster.primary(topology)
			.filter((node) -> noReplica || node.readPool().hasFreeConnection())
			.filter((node) -> this.lostWrites.hasPosition(node, context))
			.map((node) -> new Choice(node, noReplica ? RoutingReason.NO_REPLICA : RoutingReason.BEHIND));
	}

	private Optional<Choice> withoutPrimary(GtidSet position, Topology<Node> topology) {
		return usable(topology.readableWithoutPrimary(this.properties.maxLag())).stream()
			.filter((node) -> node.hasExecuted(position))
			.findFirst()
			.map((node) -> new Choice(node, RoutingReason.NO_PRIMARY));
	}

	/**
	 * A server and its number of transactions in flight, read once before sorting because
	 * it changes meanwhile.
	 */
	private record Candidate(Node node, int inFlight) {
	}

	/** A server, and why it was chosen. */
	record Choice(Node node, RoutingReason reason) {
	}

}
