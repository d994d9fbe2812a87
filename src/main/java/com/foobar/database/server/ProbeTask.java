package com.foobar.database.server;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.foobar.database.topology.ProbeResult;

/**
 * Runs the probes of one server, one at a time. If the server hangs, one round waits for
 * it until its timeout. The next rounds do not probe it until that probe ends.
 *
 * <p>
 * Not thread-safe, except that the probe itself runs in another thread.
 */
final class ProbeTask {

	private final Probe probe;

	private long sentAt;

	private CompletableFuture<Optional<ProbeResult>> result = CompletableFuture.completedFuture(Optional.empty());

	ProbeTask(Probe probe) {
		this.probe = probe;
	}

	/**
	 * Starts a probe, unless the last one is still under way.
	 * @return whether a probe was started
	 */
	boolean start(Executor executor) {
		boolean idle = this.result.isDone();
		if (idle) {
			this.sentAt = System.nanoTime();
			this.result = CompletableFuture.supplyAsync(this.probe::run, executor);
		}
		return idle;
	}

	/**
	 * Waits until the probe ends, but not beyond the deadline.
	 * @param deadline a time by {@link System#nanoTime()}
	 */
	void await(long deadline) throws InterruptedException {
		try {
			this.result.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			// The round continues without this result.
		}
	}

	/** Returns when the last probe was sent, by {@link System#nanoTime()}. */
	long sentAt() {
		return this.sentAt;
	}

	/** Returns the result of the last probe; empty if it failed or is under way. */
	Optional<ProbeResult> result() {
		return this.result.isCompletedExceptionally() ? Optional.empty() : this.result.getNow(Optional.empty());
	}

	/** Returns why there is no result. */
	String error() {
		return this.result.isDone() ? this.probe.error() : "no answer in time";
	}

	void close() {
		this.probe.close();
	}

}
