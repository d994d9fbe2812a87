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
 * Chooses where a read-only transaction runs, so that it sees all that its visitor has
 * seen: a replica that has it, a replica that gets it in a moment, or the primary. It
 * would rather fail than show less.
 */
public final class ReadRouter {

	private final Cluster cluster;

	private final ReadProperties properties;

	private final StrongReadPosition strong;

	private final LostWriteDetector lost;

	private final Timer caughtUp;

	private final Timer inVain;

	public ReadRouter(Cluster cluster, ReadProperties properties, PrimaryWaitQueue holding, MeterRegistry meters) {
		this.cluster = cluster;
		this.properties = properties;
		this.strong = new StrongReadPosition(cluster, properties, holding, meters);
		this.lost = new LostWriteDetector(cluster, properties, meters);
		this.caughtUp = meters.timer("database.wait", "outcome", "caught-up");
		this.inVain = meters.timer("database.wait", "outcome", "in-vain");
	}

	/**
	 * Where to read.
	 * @param strong whether the transaction itself asks for everything acknowledged
	 * @throws NoServerException if no server has, in time, what must be seen
	 */
	Choice choose(ConsistencyContext causality, boolean strong) {
		if (strong || causality.isStrong()) {
			Topology topology = this.cluster.topology();
			Optional<Node> primary = this.cluster.primary(topology);
			// It has everything, so it need not be asked first.
			if (primary.isPresent() && replicas(topology).isEmpty()) {
				return new Choice(primary.get(), RoutingReason.NO_REPLICA);
			}
			this.strong.acknowledge(causality, strong);
		}
		return choose(causality, this.cluster.topology());
	}

	private Choice choose(ConsistencyContext causality, Topology topology) {
		GtidSet position = causality.seen();
		List<Node> replicas = replicas(topology);
		return replica(position, replicas, topology).or(() -> primary(causality, replicas, topology))
			.or(() -> leftover(position, topology))
			.or(() -> patientReplica(position, replicas))
			.orElseThrow(
					() -> new NoServerException("No database server has what must be read [%s]".formatted(topology)));
	}

	private Optional<Choice> replica(GtidSet position, List<Node> replicas, Topology topology) {
		return replicas.stream()
			.filter((node) -> node.has(position))
			.findFirst()
			.map((node) -> new Choice(node, RoutingReason.REPLICA))
			.or(() -> replicaJustBehind(position, replicas, topology));
	}

	private Optional<Choice> replicaJustBehind(GtidSet position, List<Node> replicas, Topology topology) {
		List<String> justBehind = topology.replicas(this.properties.catchUp());
		return caughtUp(replicas.stream().filter((node) -> justBehind.contains(node.name())).findFirst(), position,
				this.properties.catchUp());
	}

	private Optional<Choice> patientReplica(GtidSet position, List<Node> replicas) {
		return caughtUp(replicas.stream().findFirst(), position, this.properties.patience());
	}

	private Optional<Choice> caughtUp(Optional<Node> replica, GtidSet position, Duration patience) {
		return replica.filter((node) -> await(node, position, patience))
			.map((node) -> new Choice(node, RoutingReason.CAUGHT_UP));
	}

	private boolean await(Node node, GtidSet position, Duration patience) {
		long began = System.nanoTime();
		boolean has = node.await(position, Deadline.current().atMost(patience));
		(has ? this.caughtUp : this.inVain).record(Duration.ofNanos(System.nanoTime() - began));
		return has;
	}

	// A slow server has more in flight, and so gets less.
	private List<Node> replicas(Topology topology) {
		List<Candidate> candidates = new ArrayList<>();
		usable(topology.replicas(this.properties.toleratedLag()))
			.forEach((node) -> candidates.add(new Candidate(node, node.reads().inFlight())));
		Collections.shuffle(candidates);
		return candidates.stream().sorted(Comparator.comparing(Candidate::inFlight)).map(Candidate::node).toList();
	}

	private List<Node> usable(List<String> names) {
		return names.stream().map(this.cluster::node).filter((node) -> !node.isSuspect()).toList();
	}

	// Its connections for reads are its bulkhead: replicas that are behind may fill them
	// and no more, and writes have their own.
	private Optional<Choice> primary(ConsistencyContext causality, List<Node> replicas, Topology topology) {
		boolean alone = replicas.isEmpty();
		return this.cluster.primary(topology)
			.filter((node) -> alone || node.reads().hasRoom())
			.filter((node) -> this.lost.has(node, causality))
			.map((node) -> new Choice(node, alone ? RoutingReason.NO_REPLICA : RoutingReason.BEHIND));
	}

	private Optional<Choice> leftover(GtidSet position, Topology topology) {
		return usable(topology.leftovers(this.properties.toleratedLag())).stream()
			.filter((node) -> node.has(position))
			.findFirst()
			.map((node) -> new Choice(node, RoutingReason.LEFTOVER));
	}

	/**
	 * A server, and what it had in flight when it was looked at: that changes meanwhile.
	 */
	private record Candidate(Node node, int inFlight) {
	}

	/** A server, and why that one. */
	record Choice(Node node, RoutingReason reason) {
	}

}
