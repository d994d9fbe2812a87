package com.foobar.database.server;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

import com.foobar.database.topology.ProbeResult;

/**
 * Probes all servers at the same time. A server whose earlier probe is still under way is
 * not probed again. Not thread-safe.
 */
final class ProbeRound implements AutoCloseable {

	private final Map<Node, ProbeTask> tasks;

	private final Executor executor;

	ProbeRound(Map<Node, ? extends Probe> probes, Executor executor) {
		this.tasks = probes.entrySet()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, (entry) -> new ProbeTask(entry.getValue())));
		this.executor = executor;
	}

	/**
	 * Sends the probes and waits for their results.
	 * @return the results by node, without the servers that did not answer in time
	 */
	Map<Node, ProbeResult> run(Duration timeout) throws InterruptedException {
		long deadline = System.nanoTime() + timeout.toNanos();
		for (ProbeTask task : this.tasks.values().stream().filter((task) -> task.start(this.executor)).toList()) {
			task.await(deadline);
		}
		var results = new HashMap<Node, ProbeResult>();
		this.tasks.forEach((node, task) -> task.result().ifPresent((result) -> results.put(node, result)));
		return results;
	}

	/** Returns why the servers without result did not answer, by node. */
	Map<Node, String> errors(Map<Node, ProbeResult> results) {
		var errors = new HashMap<Node, String>();
		this.tasks.forEach((node, task) -> {
			if (!results.containsKey(node)) {
				errors.put(node, task.error());
			}
		});
		return errors;
	}

	/** Returns when the server's last probe was sent, by {@link System#nanoTime()}. */
	long sentAt(Node node) {
		return Objects.requireNonNull(this.tasks.get(node)).sentAt();
	}

	@Override
	public void close() {
		this.tasks.values().forEach(ProbeTask::close);
	}

}
