package com.foobar.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Chooses where a read-only transaction runs, so that it sees all that its visitor has
 * seen: a replica that has it, a replica that gets it in a moment, or the primary. It
 * would rather fail than show less.
 */
final class Reads {

	private static final Logger logger = LoggerFactory.getLogger(Reads.class);

	private final Cluster cluster;

	private final ReadProperties properties;

	private final Holding holding;

	private final Timer caughtUp;

	private final Timer inVain;

	private final Counter lost;

	private final Counter degraded;

	Reads(Cluster cluster, ReadProperties properties, Holding holding, MeterRegistry meters) {
		this.cluster = cluster;
		this.properties = properties;
		this.holding = holding;
		this.caughtUp = meters.timer("database.wait", "outcome", "caught-up");
		this.inVain = meters.timer("database.wait", "outcome", "in-vain");
		this.lost = meters.counter("database.writes.lost");
		this.degraded = meters.counter("database.reads.degraded");
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

	// The primary alone knows what was acknowledged. Where it serves the read itself,
	// there is no need to ask it first.
	private void acknowledge(Causality causality, boolean strong) {
		if (this.cluster.primary().isPresent() && replicas().isEmpty()) {
			causality.settle();
			return;
		}
		Optional<GtidSet> all = this.cluster.primary().flatMap(this::askPrimary);
		if (all.isEmpty()) {
			all = nextPrimary(strong).flatMap(this::askPrimary);
		}
		if (all.isPresent()) {
			causality.saw(all.get());
			causality.settle();
		}
		else if (strong) {
			throw new NoServerException(
					"No primary tells what was acknowledged [%s]".formatted(this.cluster.topology()));
		}
		else {
			this.degraded.increment();
			causality.degrade();
		}
	}

	private Optional<Node> nextPrimary(boolean strong) {
		return strong ? Optional.of(this.holding.primary()) : this.cluster.awaitPrimary(this.properties.patience());
	}

	private Optional<GtidSet> askPrimary(Node primary) {
		Optional<GtidSet> answer = primary.ask();
		if (answer.isEmpty()) {
			primary.suspect();
		}
		return answer;
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
		primary.ifPresent((node) -> ensure(node, causality));
		return primary.map((node) -> new Choice(node, alone ? Reason.NO_REPLICA : Reason.BEHIND));
	}

	// A replica may show a write of the primary's before the primary itself does. What it
	// still lacks after a while, and while it is still the primary, it will never have.
	private void ensure(Node primary, Causality causality) {
		GtidSet position = causality.seen();
		boolean has = primary.has(position) || primary.ask().isEmpty()
				|| primary.await(position, this.properties.patience());
		if (!has && this.cluster.nextPrimary().equals(Optional.of(primary))) {
			primary.ask().filter((all) -> !all.contains(position)).ifPresent((all) -> lose(primary, causality, all));
		}
	}

	private void lose(Node primary, Causality causality, GtidSet all) {
		this.lost.increment();
		logger.error(
				"A write that was acknowledged was lost: a visitor has seen [{}], and {}, now the primary, has [{}]. "
						+ "It may still be on a server that was the primary before",
				causality.seen(), primary, all);
		causality.forget(all);
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
