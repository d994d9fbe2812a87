package com.foobar.database.topology;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Tells the log about every change of a server's role, and remembers the last ones. */
public final class RoleChanges {

	private static final Logger logger = LoggerFactory.getLogger(RoleChanges.class);

	private static final int REMEMBERED = 50;

	private final Deque<RoleChange> recent = new ArrayDeque<>();

	private final Map<String, ServerRole> answered = new HashMap<>();

	private final MeterRegistry meters;

	public RoleChanges(MeterRegistry meters) {
		this.meters = meters;
	}

	/** The last changes, the newest first. */
	public synchronized List<RoleChange> recent() {
		return List.copyOf(this.recent);
	}

	/**
	 * Takes note of what is different between two topologies.
	 * @param complaint why a server did not answer, by its name
	 * @return the servers that answered with another role than when they last did
	 */
	public List<String> note(Topology before, Topology after, UnaryOperator<String> complaint) {
		if (before.roles().isEmpty()) {
			logger.atLevel(level(after)).log("Database servers: {}. {}", after, verdict(after));
			after.with(ServerRole.UNKNOWN)
				.forEach((node) -> logger.warn("Database server {} does not answer: {}", node, complaint.apply(node)));
			remember(after);
			return List.of();
		}
		List<RoleChange> changes = after.roles()
			.keySet()
			.stream()
			.sorted()
			.filter((node) -> before.role(node) != after.role(node))
			.map((node) -> new RoleChange(Instant.now(), node, before.role(node), after.role(node),
					(after.role(node) == ServerRole.UNKNOWN) ? complaint.apply(node) : ""))
			.toList();
		changes.forEach((change) -> note(change, after));
		List<String> others = changes.stream().filter(this::isAnother).map(RoleChange::node).toList();
		remember(after);
		return others;
	}

	// One that was only silent for a while is the same as before.
	private boolean isAnother(RoleChange change) {
		ServerRole last = this.answered.get(change.node());
		return change.to() != ServerRole.UNKNOWN && last != null && last != change.to();
	}

	private void remember(Topology topology) {
		topology.roles().forEach((node, role) -> {
			if (role != ServerRole.UNKNOWN) {
				this.answered.put(node, role);
			}
		});
	}

	private void note(RoleChange change, Topology now) {
		logger.atLevel(level(now)).log("{} {}", change, verdict(now));
		this.meters.counter("database.role.changes", "node", change.node()).increment();
		synchronized (this) {
			this.recent.addFirst(change);
			if (this.recent.size() > REMEMBERED) {
				this.recent.removeLast();
			}
		}
	}

	private static Level level(Topology topology) {
		return topology.primary().isEmpty() ? Level.WARN : Level.INFO;
	}

	private static String verdict(Topology topology) {
		if (topology.with(ServerRole.PRIMARY).size() > 1) {
			return "More than one accepts writes: none is written to until one of them is made read-only";
		}
		return topology.primary()
			.map((primary) -> "Writes go to %s, reads to %s".formatted(primary, readers(topology, primary)))
			.orElseGet(() -> "None accepts writes: they wait for one");
	}

	private static String readers(Topology topology, String primary) {
		List<String> replicas = topology.with(ServerRole.REPLICA);
		return replicas.isEmpty() ? primary : String.join(", ", replicas);
	}

	/**
	 * A server that is something else than before.
	 *
	 * @param reason why it did not answer; empty if it did
	 */
	public record RoleChange(Instant at, String node, ServerRole from, ServerRole to, String reason) {

		@Override
		public String toString() {
			String now = switch (this.to) {
				case UNKNOWN -> "does not answer (%s)".formatted(this.reason);
				case UNCONFIRMED -> "is now UNCONFIRMED (its group does not vouch for it)";
				case DETACHED -> "is now DETACHED (it replicates nothing)";
				default -> "is now " + this.to;
			};
			return "Database server %s %s, was %s.".formatted(this.node, now, this.from);
		}

	}

}
