package com.foobar.database;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Asks every server for its role, all at once and over and over, and publishes what they
 * said. Costs the same however many transactions run.
 */
final class TopologyMonitor implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(TopologyMonitor.class);

	private final List<RoleProbe> probes;

	private final long timeoutMillis;

	private final Consumer<String> onRoleChange;

	private final ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor();

	private final ScheduledExecutorService clock = Executors
		.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("topology-monitor").factory());

	private volatile Topology topology = new Topology(Map.of());

	/**
	 * Returns once every server has answered or failed to, so that the first transaction
	 * already knows the way.
	 * @param onRoleChange told the name of each server that answered with another role
	 * than before
	 */
	TopologyMonitor(DatabaseProperties properties, Consumer<String> onRoleChange) {
		this.probes = properties.addresses().stream().map((address) -> new RoleProbe(address, properties)).toList();
		// Twice the timeout of a probe, which may connect and then ask.
		this.timeoutMillis = properties.monitor().timeout().toMillis() * 2;
		this.onRoleChange = onRoleChange;
		askAll();
		long pause = properties.monitor().interval().toMillis();
		this.clock.scheduleWithFixedDelay(this::askAll, pause, pause, TimeUnit.MILLISECONDS);
	}

	Topology topology() {
		return this.topology;
	}

	private void askAll() {
		try {
			publish(new Topology(answers()));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RuntimeException ex) {
			// Thrown out of here it would silently end all further rounds.
			logger.error("A round of questions to the database servers failed", ex);
		}
	}

	private Map<String, Role> answers() throws InterruptedException {
		List<Callable<Role>> questions = this.probes.stream().map((probe) -> (Callable<Role>) probe::ask).toList();
		List<Future<Role>> answers = this.askers.invokeAll(questions, this.timeoutMillis, TimeUnit.MILLISECONDS);
		var roles = new HashMap<String, Role>();
		for (int i = 0; i < answers.size(); i++) {
			roles.put(this.probes.get(i).node(), answer(answers.get(i)));
		}
		return roles;
	}

	private static Role answer(Future<Role> answer) throws InterruptedException {
		try {
			return answer.get();
		}
		catch (CancellationException | ExecutionException ex) {
			return Role.UNKNOWN;
		}
	}

	private void publish(Topology found) {
		Topology before = this.topology;
		this.topology = found;
		if (found.equals(before)) {
			return;
		}
		Level level = found.primary().isEmpty() ? Level.WARN : Level.INFO;
		logger.atLevel(level).log("Database servers: {}{}", found, verdict(found));
		found.roles().forEach((node, role) -> {
			Role old = before.roles().get(node);
			if (old != null && old != role && role != Role.UNKNOWN) {
				this.onRoleChange.accept(node);
			}
		});
	}

	private static String verdict(Topology topology) {
		if (topology.with(Role.PRIMARY).size() > 1) {
			return ". More than one accepts writes: none is written to until one of them is made read-only";
		}
		return topology.primary().isEmpty() ? ". None accepts writes" : "";
	}

	@Override
	public void close() {
		this.clock.shutdownNow();
		this.askers.shutdownNow();
		this.probes.forEach(RoleProbe::close);
	}

}
