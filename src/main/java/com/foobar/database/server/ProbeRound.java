package com.foobar.database.server;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;

import com.foobar.database.topology.ProbeResult;

/**
 * Probes all servers at the same time. A server whose earlier probe is still under way is
 * not probed again. Not thread-safe.
 */
final class ProbeRound implements AutoCloseable {

	private final List<ProbeTask> tasks;

	private final Executor executor;

	ProbeRound(List<? extends Probe> probes, Executor executor) {
		this.tasks = probes.stream().map(ProbeTask::new).toList();
		this.executor = executor;
	}

	/**
	 * Sends the probes and waits for their results.
	 * @return the results by node, without the servers that did not answer in time
	 */
	Map<String, ProbeResult> run(Duration timeout) throws InterruptedException {
		long deadline = System.nanoTime() + timeout.toNanos();
		for (ProbeTask task : this.tasks.stream().filter((task) -> task.start(this.executor)).toList()) {
			task.await(deadline);
		}
		var results = new HashMap<String, ProbeResult>();
		this.tasks.forEach((task) -> task.result().ifPresent((result) -> results.put(task.node(), result)));
		return results;
	}

	/** Returns why the servers without result did not answer, by node. */
	Map<String, String> errors(Map<String, ProbeResult> results) {
		return this.tasks.stream()
			.filter((task) -> !results.containsKey(task.node()))
			.collect(Collectors.toMap(ProbeTask::node, ProbeTask::error));
	}

	/** Returns when the server's last probe was sent, by {@link System#nanoTime()}. */
	long sentAt(String node) {
		return this.tasks.stream().filter((task) -> task.node().equals(node)).findFirst().orElseThrow().sentAt();
	}

	@Override
	public void close() {
		this.tasks.forEach(ProbeTask::close);
	}

}
