package com.foobar.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Chooses where a read-only transaction runs, so that it sees all that its visitor has
 * seen: a replica that has it, a replica that gets it in a moment, or the primary. It
 * would rather fail than show less.
 */
final class Reads {

	private final Cluster cluster;

	private final ReadProperties properties;

	private final StrongReads strong;

	private final LostWrites lost;

	private final Timer caughtUp;

	private final Timer inVain;

	Reads(Cluster cluster, ReadProperties properties, Holding holding, MeterRegistry meters) {
		this.cluster = cluster;
		this.properties = properties;
		this.strong = new StrongReads(cluster, properties, holding, meters);
		this.lost = new LostWrites(cluster, properties, meters);
		this.caughtUp = meters.timer("database.wait", "outcome", "caught-up");
		this.inVain = meters.timer("database.wait", "outcome", "in-vain");
	}

	/**
	 * Where to read.
	 * @param strong whether the transaction itself asks for everything acknowledged
	 * @throws NoServerException if no server has, in time, what must be seen
	 */
	Choice choose(Causality causality, boolean strong) {
		if (strong || causality.isStrong()) {
			acknowledge(causality, strong);
		}
		GtidSet position = causality.seen();
		return replica(position).or(() -> primary(causality))
			.or(() -> leftover(position))
			.or(() -> patientReplica(position))
			.orElseThrow(() -> new NoServerException(
					"No database server has what must be read [%s]".formatted(this.cluster.topology())));
	}

	// Where the primary serves the read itself, there is no need to ask it first.
	private void acknowledge(Causality causality, boolean strong) {
		if (this.cluster.primary().isPresent() && replicas().isEmpty()) {
			causality.settle();
		}
		else {
			this.strong.acknowledge(causality, strong);
		}
	}

	private Optional<Choice> replica(GtidSet position) {
		List<Node> replicas = replicas();
		return replicas.stream()
			.filter((node) -> node.has(position))
			.findFirst()
			.map((node) -> new Choice(node, Reason.REPLICA))
			.or(() -> replicas.stream()
				.filter(this::isJustBehind)
				.findFirst()
				.filter((node) -> await(node, position, this.properties.catchUp()))
				.map((node) -> new Choice(node, Reason.CAUGHT_UP)));
	}

	private boolean await(Node node, GtidSet position, Duration patience) {
		long began = System.nanoTime();
		boolean has = node.await(position, patience);
		(has ? this.caughtUp : this.inVain).record(Duration.ofNanos(System.nanoTime() - began));
		return has;
	}

	private boolean isJustBehind(Node node) {
		return this.cluster.topology().replicas(this.properties.catchUp()).contains(node.name());
	}

	// A slow server has more in flight, and so gets less.
	private List<Node> replicas() {
		var nodes = new ArrayList<>(usable(this.cluster.topology().replicas(this.properties.toleratedLag())));
		Collections.shuffle(nodes);
		nodes.sort(Comparator.comparing((node) -> node.reads().inFlight()));
		return nodes;
	}

	private List<Node> usable(List<String> names) {
		return names.stream().map(this.cluster::node).filter((node) -> !node.isSuspect()).toList();
	}

	// Its connections for reads are its bulkhead: replicas that are behind may fill them
	// and no more, and writes have their own.
	private Optional<Choice> primary(Causality causality) {
		boolean alone = replicas().isEmpty();
		Optional<Node> primary = this.cluster.primary().filter((node) -> alone || node.reads().hasRoom());
		primary.ifPresent((node) -> this.lost.check(node, causality));
		return primary.map((node) -> new Choice(node, alone ? Reason.NO_REPLICA : Reason.BEHIND));
	}

	private Optional<Choice> leftover(GtidSet position) {
		return usable(this.cluster.topology().leftovers(this.properties.toleratedLag())).stream()
			.filter((node) -> node.has(position))
			.findFirst()
			.map((node) -> new Choice(node, Reason.LEFTOVER));
	}

	private Optional<Choice> patientReplica(GtidSet position) {
		return replicas().stream()
			.findFirst()
			.filter((node) -> await(node, position, this.properties.patience()))
			.map((node) -> new Choice(node, Reason.CAUGHT_UP));
	}

	/** A server, and why that one. */
	record Choice(Node node, Reason reason) {
	}

}
