package com.foobar.database.topology;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Estimates how far each server is behind the primary. It compares the transactions that
 * a server has executed with those that the primary had executed at known times, so it
 * works in the same way for every kind of replication. A server's own measure of its
 * delay is not used, because a server that is cut off has nothing left to apply and
 * reports no delay.
 *
 * <p>
 * Not thread-safe.
 *
 * @param <N> the type of the nodes
 */
public final class ReplicationLagEstimator<N> {

	// Neighbouring samples are at least a sixteenth of their age apart. This keeps about
	// 300 samples for one day of probes every 10 ms.
	private static final int RESOLUTION = 16;

	private final List<Sample> samples = new ArrayList<>();

	private final Set<N> measured = new HashSet<>();

	private @Nullable N primary;

	private Map<N, Duration> lags = Map.of();

	/**
	 * Returns the lag of each server for which it is known. While there is no primary, it
	 * returns the last values.
	 * @param now the time of the probe, by {@link System#nanoTime()}
	 * @param primary the node of the primary; null if there is none
	 * @param executed the transactions that each server has executed, by node, for the
	 * servers that answered
	 */
	public Map<N, Duration> measure(long now, @Nullable N primary, Map<N, GtidSet> executed) {
		if (primary != null) {
			resetOnNewPrimary(primary);
			addSample(now, executed.getOrDefault(primary, GtidSet.EMPTY));
			this.lags = lags(now, executed);
			trim(executed);
			thin(now);
		}
		return this.lags;
	}

	// The former primary may have had transactions that the new one never gets.
	private void resetOnNewPrimary(N primary) {
		if (!primary.equals(this.primary)) {
			this.primary = primary;
			this.samples.clear();
			this.measured.clear();
		}
	}

	private void addSample(long now, GtidSet executed) {
		// An empty set comes from a server without GTIDs, for which no lag is known.
		if (!executed.isEmpty() && (this.samples.isEmpty() || !this.samples.getLast().executed().equals(executed))) {
			this.samples.add(new Sample(now, executed));
		}
	}

	private Map<N, Duration> lags(long now, Map<N, GtidSet> executed) {
		// A server that did not answer starts again without a known lag.
		this.measured.retainAll(executed.keySet());
		var result = new HashMap<N, Duration>();
		executed.forEach((node, executedByNode) -> {
			int missing = firstMissing(executedByNode);
			if (missing > 0) {
				this.measured.add(node);
			}
			if (this.measured.contains(node)) {
				result.put(node, age(missing, now));
			}
		});
		return result;
	}

	private int firstMissing(GtidSet executed) {
		int i = 0;
		while (i < this.samples.size() && executed.contains(this.samples.get(i).executed())) {
			i++;
		}
		return i;
	}

	private Duration age(int sample, long now) {
		return (sample == this.samples.size()) ? Duration.ZERO
				: Duration.ofNanos(now - this.samples.get(sample).time());
	}

	// Keeps the oldest sample that a server lacks, because its age is that server's lag.
	private void trim(Map<N, GtidSet> executed) {
		while (this.samples.size() > 1
				&& executed.values().stream().allMatch((set) -> set.contains(this.samples.getFirst().executed()))) {
			this.samples.removeFirst();
		}
	}

	// Merges two samples that are close together for their age: the newer position with
	// the older time, so that the reported lag is never smaller than the real one.
	private void thin(long now) {
		for (int i = 1; i + 1 < this.samples.size(); i++) {
			Sample older = this.samples.get(i);
			Sample newer = this.samples.get(i + 1);
			if ((newer.time() - older.time()) * RESOLUTION <= now - newer.time()) {
				this.samples.set(i + 1, new Sample(older.time(), newer.executed()));
				this.samples.remove(i);
			}
		}
	}

	private record Sample(long time, GtidSet executed) {
	}

}
