package com.foobar.database.server;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.foobar.database.topology.ProbeResult;

/**
 * The question that one server is being asked. A server that hangs is waited for once;
 * until it answers, the rounds go on without it.
 */
final class ProbeTask {

	private final Probe probe;

	private long asked;

	private CompletableFuture<Optional<ProbeResult>> answer = CompletableFuture.completedFuture(Optional.empty());

	ProbeTask(Probe probe) {
		this.probe = probe;
	}

	String node() {
		return this.probe.node();
	}

	/** Asks, unless the last question is still open; answers whether it did. */
	boolean ask(Executor executor) {
		boolean free = this.answer.isDone();
		if (free) {
			this.asked = System.nanoTime();
			this.answer = CompletableFuture.supplyAsync(this.probe::ask, executor);
		}
		return free;
	}

	/** Waits for the answer, but not beyond the deadline. */
	void await(long deadline) throws InterruptedException {
		try {
			this.answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			// Then this round does without.
		}
	}

	/** When the question was put, as {@link System#nanoTime()}. */
	long asked() {
		return this.asked;
	}

	/** What the server said, if it has by now. */
	Optional<ProbeResult> report() {
		return this.answer.isCompletedExceptionally() ? Optional.empty() : this.answer.getNow(Optional.empty());
	}

	/** Why there is no report. */
	String complaint() {
		return this.answer.isDone() ? this.probe.complaint() : "no answer in time";
	}

	void close() {
		this.probe.close();
	}

}
