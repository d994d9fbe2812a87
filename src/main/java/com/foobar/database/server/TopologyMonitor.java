package com.foobar.database.server;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import com.foobar.database.DatabaseProperties;
import com.foobar.database.topology.GtidSet;
import com.foobar.database.topology.ProbeResult;
import com.foobar.database.topology.ReplicationLagEstimator;
import com.foobar.database.topology.RoleChanges;
import com.foobar.database.topology.RoleResolver;
import com.foobar.database.topology.ServerRole;
import com.foobar.database.topology.Topology;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Probes all servers at the same time in repeated rounds, and publishes the topology that
 * follows from the results. The pause between two rounds is
 * {@code foobar.database.monitor.interval} (500ms) or up to a fifth shorter. The load
 * does not depend on the number of transactions.
 *
 * <p>
 * Safe for use by several threads.
 */
final class TopologyMonitor implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(TopologyMonitor.class);

	private final Set<Node> nodes;

	private final ProbeRound probes;

	private final DatabaseProperties.Monitor properties;

	private final RoleChanges<Node> changes;

	private final ServerConfigurationCheck configurationCheck;

	private final ReplicationLagEstimator<Node> lagEstimator = new ReplicationLagEstimator<>();

	private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

	private final ScheduledExecutorService scheduler = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("topology-monitor").factory());

	private volatile Topology<Node> topology = new Topology<>(Map.of(), Map.of());

	private volatile Map<Node, String> probeErrors = Map.of();

	/**
	 * Creates the monitor and runs the first round, so that the first transaction can be
	 * routed. Waits at most {@code foobar.database.monitor.timeout} (1s).
	 * @param probes the probe of each node
	 */
	TopologyMonitor(DatabaseProperties properties, Map<Node, ? extends Probe> probes, RoleChanges<Node> changes) {
		this.nodes = Set.copyOf(probes.keySet());
		this.probes = new ProbeRound(probes, this.executor);
		this.properties = properties.monitor();
		this.changes = changes;
		this.configurationCheck = new ServerConfigurationCheck(properties);
		runRound();
	}

	Topology<Node> topology() {
		return this.topology;
	}

	/** Returns why a server did not answer the last probe; empty if it answered. */
	String probeError(Node node) {
		return this.probeErrors.getOrDefault(node, "");
	}

	/**
	 * Waits until the condition is met. Checks it after each round.
	 * @return whether it is met; false after the timeout, or if the thread is interrupted
	 */
	synchronized boolean await(BooleanSupplier condition, Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		while (!condition.getAsBoolean()) {
			long remaining = deadline - System.nanoTime();
			if (remaining <= 0) {
				return false;
			}
			try {
				TimeUnit.NANOSECONDS.timedWait(this, remaining);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}
		return true;
	}

	// Schedules the next round even if this one fails.
	private void runRound() {
		try {
			publish(this.probes.run(this.properties.timeout()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException | Error ex) {
			logger.error("A round of probes of the database servers failed", ex);
		}
		finally {
			if (!this.scheduler.isShutdown()) {
				this.scheduler.schedule(this::runRound, pause().toNanos(), TimeUnit.NANOSECONDS);
			}
		}
	}

	// The pause varies, because otherwise all instances would probe at the same time.
	private Duration pause() {
		long interval = this.properties.interval().toNanos();
		return Duration.ofNanos(interval - ThreadLocalRandom.current().nextLong(interval / 5 + 1));
	}

	private void publish(Map<Node, ProbeResult> results) {
		results.forEach((node, result) -> node.recordProbe(result, this.probes.sentAt(node)));
		Topology<Node> before = this.topology;
		Topology<Node> after = topology(results);
		this.probeErrors = this.probes.errors(results);
		this.topology = after;
		synchronized (this) {
			notifyAll();
		}
		this.changes.record(before, after, this::probeError).forEach(Node::evict);
		abortConnections(before, after);
		this.configurationCheck.check(results);
		after.primary().ifPresent((primary) -> checkErrant(results, primary));
	}

	// Includes the primary: its errant transactions from its time as a replica are no
	// longer errant, because the other servers get them from it.
	private void checkErrant(Map<Node, ProbeResult> results, Node primary) {
		GtidSet ofPrimary = Objects.requireNonNull(results.get(primary)).executed();
		results.forEach((node, result) -> {
			boolean hasErrant = node.updateErrant(result, ofPrimary);
			this.configurationCheck.checkErrant(node, hasErrant, result.executed().ofSource(result.uuid()));
		});
	}

	// Aborts connections only if there is a primary to turn to. Reads are only aborted
	// after two rounds without answer, because the server may just be busy.
	private void abortConnections(Topology<Node> before, Topology<Node> after) {
		if (after.primary().isEmpty()) {
			return;
		}
		this.nodes.forEach((node) -> {
			ServerRole role = after.role(node);
			if (role == ServerRole.UNKNOWN || role == ServerRole.UNCONFIRMED) {
				node.writePool().abortAll(this.executor);
			}
			if (role == ServerRole.UNKNOWN && before.role(node) == ServerRole.UNKNOWN) {
				node.readPool().abortAll(this.executor);
			}
		});
	}

	private Topology<Node> topology(Map<Node, ProbeResult> results) {
		var roles = new HashMap<>(RoleResolver.roles(results));
		this.nodes.forEach((node) -> roles.putIfAbsent(node, ServerRole.UNKNOWN));
		Node primary = new Topology<>(roles, Map.of()).primary().orElse(null);
		var executed = results.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().executed()));
		long now = (primary != null) ? this.probes.sentAt(primary) : System.nanoTime();
		return new Topology<>(roles, this.lagEstimator.measure(now, primary, executed));
	}

	@Override
	public void close() {
		this.scheduler.shutdownNow();
		this.executor.shutdownNow();
		this.probes.close();
	}

}
