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

/**
 * Logs and counts every change of a server's role and keeps the last 50.
 *
 * <p>
 * One thread at a time calls {@link #record}; any thread may call {@link #recent()}.
 */
public final class RoleChanges {

	private static final Logger logger = LoggerFactory.getLogger(RoleChanges.class);

	private static final int MAX_RECENT = 50;

	private final Deque<RoleChange> recent = new ArrayDeque<>();

	private final Map<String, ServerRole> lastKnownRoles = new HashMap<>();

	private final MeterRegistry meters;

	public RoleChanges(MeterRegistry meters) {
		this.meters = meters;
	}

	/** Returns the last changes, newest first. */
	public synchronized List<RoleChange> recent() {
		return List.copyOf(this.recent);
	}

	/**
	 * Records the changes between two topologies.
	 * @param probeError returns why a server did not answer, by its name
	 * @return the servers that answered with another role than in their last answer
	 */
	public List<String> record(Topology before, Topology after, UnaryOperator<String> probeError) {
		if (before.roles().isEmpty()) {
			logger.atLevel(level(after)).log("Database servers: {}. {}", after, consequence(after));
			after.withRole(ServerRole.UNKNOWN)
				.forEach((node) -> logger.warn("Database server {} does not answer: {}", node, probeError.apply(node)));
			rememberRoles(after);
			return List.of();
		}
		List<RoleChange> changes = after.roles()
			.keySet()
			.stream()
			.sorted()
			.filter((node) -> before.role(node) != after.role(node))
			.map((node) -> new RoleChange(Instant.now(), node, before.role(node), after.role(node),
					(after.role(node) == ServerRole.UNKNOWN) ? probeError.apply(node) : ""))
			.toList();
		changes.forEach((change) -> logAndCount(change, after));
		List<String> changed = changes.stream().filter(this::hasNewRole).map(RoleChange::node).toList();
		rememberRoles(after);
		return changed;
	}

	// A server that only did not answer for a while has the same role as before.
	private boolean hasNewRole(RoleChange change) {
		ServerRole last = this.lastKnownRoles.get(change.node());
		return change.to() != ServerRole.UNKNOWN && last != null && last != change.to();
	}

	private void rememberRoles(Topology topology) {
		topology.roles().forEach((node, role) -> {
			if (role != ServerRole.UNKNOWN) {
				this.lastKnownRoles.put(node, role);
			}
		});
	}

	private void logAndCount(RoleChange change, Topology now) {
		logger.atLevel(level(now)).log("{} {}", change, consequence(now));
		this.meters.counter("database.role.changes", "node", change.node()).increment();
		synchronized (this) {
			this.recent.addFirst(change);
			if (this.recent.size() > MAX_RECENT) {
				this.recent.removeLast();
			}
		}
	}

	private static Level level(Topology topology) {
		return topology.primary().isEmpty() ? Level.WARN : Level.INFO;
	}

	private static String consequence(Topology topology) {
		if (topology.withRole(ServerRole.PRIMARY).size() > 1) {
			return "More than one accepts writes: none is written to until one of them is made read-only";
		}
		return topology.primary()
			.map((primary) -> "Writes go to %s, reads to %s".formatted(primary, readers(topology, primary)))
			.orElseGet(() -> "None accepts writes: they wait for one");
	}

	private static String readers(Topology topology, String primary) {
		List<String> replicas = topology.withRole(ServerRole.REPLICA);
		return replicas.isEmpty() ? primary : String.join(", ", replicas);
	}

	/**
	 * Change of one server's role.
	 *
	 * @param reason why the server did not answer; empty if it did
	 */
	public record RoleChange(Instant at, String node, ServerRole from, ServerRole to, String reason) {

		@Override
		public String toString() {
			String now = switch (this.to) {
				case UNKNOWN -> "does not answer (%s)".formatted(this.reason);
				case UNCONFIRMED -> "is now UNCONFIRMED (its group does not confirm it)";
				case DETACHED -> "is now DETACHED (it replicates nothing)";
				default -> "is now " + this.to;
			};
			return "Database server %s %s, was %s.".formatted(this.node, now, this.from);
		}

	}

}
