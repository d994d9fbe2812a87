package com.foobar.database.topology;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Logs and counts every change of a server's role and keeps the last 50.
 *
 * <p>
 * One thread at a time calls {@link #record}; any thread may call {@link #recent()}.
 *
 * @param <N> the type of the nodes. The text of a node is its name.
 */
public final class RoleChanges<N> {

	private static final Logger logger = LoggerFactory.getLogger(RoleChanges.class);

	private static final int MAX_RECENT = 50;

	private final Deque<RoleChange> recent = new ArrayDeque<>();

	private final Map<N, ServerRole> lastKnownRoles = new HashMap<>();

	private final MeterRegistry meters;

	private final Clock clock;

	/**
	 * Creates the record, which counts changes in {@code database.role.changes} per node.
	 */
	public RoleChanges(MeterRegistry meters, Clock clock) {
		this.meters = meters;
		this.clock = clock;
	}

	/** Returns the last changes, newest first. */
	public synchronized List<RoleChange> recent() {
		return List.copyOf(this.recent);
	}

	/**
	 * Records the changes between two topologies. The first topology is logged as a whole
	 * and counts no changes.
	 * @param probeError returns why a server did not answer
	 * @return the servers that have answered, with another role than when they last did
	 */
	public List<N> record(Topology<N> before, Topology<N> after, Function<N, String> probeError) {
		if (before.roles().isEmpty()) {
			logger.atLevel(level(after)).log("Database servers: {}. {}", after, consequence(after));
			after.withRole(ServerRole.UNKNOWN)
				.forEach((node) -> logger.warn("Database server {} does not answer: {}", node, probeError.apply(node)));
			rememberRoles(after);
			return List.of();
		}
		List<N> changed = after.nodes().stream().filter((node) -> before.role(node) != after.role(node)).toList();
		changed.forEach((node) -> logAndCount(new RoleChange(this.clock.instant(), node.toString(), before.role(node),
				after.role(node), (after.role(node) == ServerRole.UNKNOWN) ? probeError.apply(node) : ""), after));
		List<N> withNewRole = changed.stream().filter((node) -> hasNewRole(node, after.role(node))).toList();
		rememberRoles(after);
		return withNewRole;
	}

	// A server that only did not answer for a while has the same role as before.
	private boolean hasNewRole(N node, ServerRole role) {
		ServerRole last = this.lastKnownRoles.get(node);
		return role != ServerRole.UNKNOWN && last != null && last != role;
	}

	private void rememberRoles(Topology<N> topology) {
		topology.roles().forEach((node, role) -> {
			if (role != ServerRole.UNKNOWN) {
				this.lastKnownRoles.put(node, role);
			}
		});
	}

	private void logAndCount(RoleChange change, Topology<?> now) {
		logger.atLevel(level(now)).log("{} {}", change, consequence(now));
		Counter.builder("database.role.changes")
			.description("How often the server's role changed")
			.tag("node", change.node())
			.register(this.meters)
			.increment();
		synchronized (this) {
			this.recent.addFirst(change);
			if (this.recent.size() > MAX_RECENT) {
				this.recent.removeLast();
			}
		}
	}

	private static Level level(Topology<?> topology) {
		return topology.primary().isEmpty() ? Level.WARN : Level.INFO;
	}

	private static <N> String consequence(Topology<N> topology) {
		if (topology.withRole(ServerRole.PRIMARY).size() > 1) {
			return "More than one accepts writes: no writes are sent until all but one are made read-only";
		}
		return topology.primary()
			.map((primary) -> "Writes go to %s, reads to %s".formatted(primary, readers(topology, primary)))
			.orElseGet(() -> "None accepts writes: writes wait for a primary");
	}

	private static <N> String readers(Topology<N> topology, N primary) {
		List<N> replicas = topology.withRole(ServerRole.REPLICA);
		return (replicas.isEmpty() ? List.of(primary) : replicas).stream()
			.map(Object::toString)
			.collect(Collectors.joining(", "));
	}

	/**
	 * Change of one server's role.
	 *
	 * @param node the name of the server
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
