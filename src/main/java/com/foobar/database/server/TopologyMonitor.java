package com.foobar.database.server;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
 * Asks every server what it is, all at once and over and over, and publishes what that
 * makes of them. Costs the same however many transactions run.
 */
final class TopologyMonitor implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(TopologyMonitor.class);

	private final Map<String, Node> nodes;

	private final List<ProbeTask> watches;

	private final DatabaseProperties.Monitor properties;

	private final RoleChanges changes;

	private final ServerConfigurationCheck advice;

	private final ReplicationLagEstimator lag = new ReplicationLagEstimator();

	private final ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor();

	private final ScheduledExecutorService clock = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("topology-monitor").factory());

	private volatile Topology topology = new Topology(Map.of(), Map.of());

	private volatile Map<String, String> complaints = Map.of();

	/**
	 * Returns once every server has answered or failed to, and after
	 * {@code foobar.database.monitor.timeout} (1s) at the latest, so that the first
	 * transaction already knows the way.
	 * @param probes one for each node
	 */
	TopologyMonitor(DatabaseProperties properties, List<Node> nodes, List<? extends Probe> probes,
			RoleChanges changes) {
		this.nodes = nodes.stream().collect(Collectors.toMap(Node::name, (node) -> node));
		this.watches = probes.stream().map(ProbeTask::new).toList();
		this.properties = properties.monitor();
		this.changes = changes;
		this.advice = new ServerConfigurationCheck(properties);
		round();
	}

	Topology topology() {
		return this.topology;
	}

	/** Why that server did not answer; empty if it did. */
	String complaint(String node) {
		return this.complaints.getOrDefault(node, "");
	}

	/** Whether the condition holds, waiting for other topologies until it does. */
	synchronized boolean await(BooleanSupplier condition, Duration atMost) {
		long deadline = System.nanoTime() + atMost.toNanos();
		while (!condition.getAsBoolean()) {
			long left = deadline - System.nanoTime();
			if (left <= 0) {
				return false;
			}
			try {
				TimeUnit.NANOSECONDS.timedWait(this, left);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}
		return true;
	}

	// Whatever happens in one round, there is a next.
	private void round() {
		try {
			publish(reports());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException | Error ex) {
			logger.error("A round of questions to the database servers failed", ex);
		}
		finally {
			if (!this.clock.isShutdown()) {
				this.clock.schedule(this::round, pause().toNanos(), TimeUnit.NANOSECONDS);
			}
		}
	}

	// More or less, or all instances would end up asking at the same moment.
	private Duration pause() {
		long interval = this.properties.interval().toNanos();
		return Duration.ofNanos(interval - ThreadLocalRandom.current().nextLong(interval / 5 + 1));
	}

	private Map<String, ProbeResult> reports() throws InterruptedException {
		long deadline = System.nanoTime() + this.properties.timeout().toNanos();
		for (ProbeTask watch : this.watches.stream().filter((watch) -> watch.ask(this.askers)).toList()) {
			watch.await(deadline);
		}
		var reports = new HashMap<String, ProbeResult>();
		this.watches.forEach((watch) -> watch.report().ifPresent((report) -> reports.put(watch.node(), report)));
		return reports;
	}

	private void publish(Map<String, ProbeResult> reports) {
		reports.forEach((node, report) -> node(node).answered(report, watch(node).asked()));
		Topology before = this.topology;
		Topology found = topology(reports);
		this.complaints = complaints(reports);
		this.topology = found;
		synchronized (this) {
			notifyAll();
		}
		this.changes.note(before, found, this::complaint).forEach((node) -> node(node).evict());
		abandon(before, found);
		this.advice.on(reports);
		found.primary().ifPresent((primary) -> compare(reports, primary));
	}

	private Map<String, String> complaints(Map<String, ProbeResult> reports) {
		return this.watches.stream()
			.filter((watch) -> !reports.containsKey(watch.node()))
			.collect(Collectors.toMap(ProbeTask::node, ProbeTask::complaint));
	}

	// The primary as well: what it did on its own as a replica is everybody's now.
	private void compare(Map<String, ProbeResult> reports, String primary) {
		GtidSet ofPrimary = Objects.requireNonNull(reports.get(primary)).executed();
		reports.forEach((node, report) -> {
			boolean errant = node(node).hasErrant(report, ofPrimary);
			this.advice.onErrant(node, errant, report.executed().only(report.uuid()));
		});
	}

	// Only where there is another server to turn to. One that just fails to answer once
	// may be busy.
	private void abandon(Topology before, Topology found) {
		if (found.primary().isEmpty()) {
			return;
		}
		this.nodes.values().forEach((node) -> {
			ServerRole role = found.role(node.name());
			if (role == ServerRole.UNKNOWN || role == ServerRole.UNCONFIRMED) {
				node.writes().abandon(this.askers);
			}
			if (role == ServerRole.UNKNOWN && before.role(node.name()) == ServerRole.UNKNOWN) {
				node.reads().abandon(this.askers);
			}
		});
	}

	private Topology topology(Map<String, ProbeResult> reports) {
		var roles = new HashMap<>(RoleResolver.roles(reports));
		this.watches.forEach((watch) -> roles.putIfAbsent(watch.node(), ServerRole.UNKNOWN));
		String primary = new Topology(roles, Map.of()).primary().orElse(null);
		var executed = reports.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> entry.getValue().executed()));
		long now = (primary != null) ? watch(primary).asked() : System.nanoTime();
		return new Topology(roles, this.lag.measure(now, primary, executed));
	}

	private ProbeTask watch(String node) {
		return this.watches.stream().filter((watch) -> watch.node().equals(node)).findFirst().orElseThrow();
	}

	private Node node(String name) {
		return Objects.requireNonNull(this.nodes.get(name));
	}

	@Override
	public void close() {
		this.clock.shutdownNow();
		this.askers.shutdownNow();
		this.watches.forEach(ProbeTask::close);
	}

}
