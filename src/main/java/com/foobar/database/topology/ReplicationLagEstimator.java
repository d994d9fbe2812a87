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
 * Measures how far each server is behind the primary, in the same way whatever replicates
 * them: by comparing what it has executed with what the primary had at known times. What
 * a server says of its own delay is no measure, for one that is cut off has nothing left
 * to apply.
 *
 * <p>
 * Not safe for several threads.
 */
public final class ReplicationLagEstimator {

	// Samples are kept as exactly as a sixteenth of their age, which are some 300 for a
	// day of rounds every 10 ms.
	private static final int EXACTNESS = 16;

	private final List<Sample> samples = new ArrayList<>();

	private final Set<String> measured = new HashSet<>();

	private @Nullable String primary;

	private Map<String, Duration> lags = Map.of();

	/**
	 * The lag of each server that can be told, frozen while there is no primary.
	 * @param now as {@link System#nanoTime()}
	 * @param primary null if there is none
	 * @param executed what each server that answered has executed, by node
	 */
	public Map<String, Duration> measure(long now, @Nullable String primary, Map<String, GtidSet> executed) {
		if (primary != null) {
			follow(primary);
			sample(now, executed.getOrDefault(primary, GtidSet.EMPTY));
			this.lags = lags(now, executed);
			trim(executed);
			thin(now);
		}
		return this.lags;
	}

	// What the last primary had may be more than what this one ever will.
	private void follow(String primary) {
		if (!primary.equals(this.primary)) {
			this.primary = primary;
			this.samples.clear();
			this.measured.clear();
		}
	}

	private void sample(long now, GtidSet executed) {
		// Nothing executed: a server without GTIDs. There, nothing can be told.
		if (!executed.isEmpty() && (this.samples.isEmpty() || !this.samples.getLast().executed().equals(executed))) {
			this.samples.add(new Sample(now, executed));
		}
	}

	private Map<String, Duration> lags(long now, Map<String, GtidSet> executed) {
		// Whoever did not answer has to be measured anew.
		this.measured.retainAll(executed.keySet());
		var found = new HashMap<String, Duration>();
		executed.forEach((node, has) -> {
			int lacking = firstLacking(has);
			if (lacking > 0) {
				this.measured.add(node);
			}
			if (this.measured.contains(node)) {
				found.put(node, age(lacking, now));
			}
		});
		return found;
	}

	private int firstLacking(GtidSet executed) {
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

	// The oldest one that somebody lacks stays, and with it the age of what is lacking.
	private void trim(Map<String, GtidSet> executed) {
		while (this.samples.size() > 1
				&& executed.values().stream().allMatch((has) -> has.contains(this.samples.getFirst().executed()))) {
			this.samples.removeFirst();
		}
	}

	// Of two that are close together for their age one stays: the newer position with the
	// older time, so that lag is never reported smaller than it is.
	private void thin(long now) {
		for (int i = 1; i + 1 < this.samples.size(); i++) {
			Sample older = this.samples.get(i);
			Sample newer = this.samples.get(i + 1);
			if ((newer.time() - older.time()) * EXACTNESS <= now - newer.time()) {
				this.samples.set(i + 1, new Sample(older.time(), newer.executed()));
				this.samples.remove(i);
			}
		}
	}

	private record Sample(long time, GtidSet executed) {
	}

}
