package com.foobar.database.topology;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReplicationLagEstimatorTests {

	private final ReplicationLagEstimator<String> estimator = new ReplicationLagEstimator<>();

	@Test
	void replicaWithEveryTransactionHasNoLag() {
		assertThat(at(0, "p", Map.of("p", 5, "r", 5))).containsEntry("r", Duration.ZERO);
	}

	@Test
	void lagIsTheAgeOfTheOldestMissingPosition() {
		at(0, "p", Map.of("p", 5, "r", 5));
		at(1, "p", Map.of("p", 6, "r", 5));
		assertThat(at(4, "p", Map.of("p", 9, "r", 5))).containsEntry("r", Duration.ofSeconds(3));
		assertThat(at(5, "p", Map.of("p", 9, "r", 6))).containsEntry("r", Duration.ofSeconds(1));
		assertThat(at(6, "p", Map.of("p", 9, "r", 9))).containsEntry("r", Duration.ZERO);
	}

	@Test
	void lagIsUnknownUntilAServerHasAKnownPositionOfThePrimary() {
		assertThat(at(0, "p", Map.of("p", 500, "r", 5))).doesNotContainKey("r");
		assertThat(at(60, "p", Map.of("p", 600, "r", 400))).doesNotContainKey("r");
		assertThat(at(61, "p", Map.of("p", 700, "r", 550))).containsEntry("r", Duration.ofSeconds(1));
	}

	@Test
	void lagIsKeptWhileThereIsNoPrimary() {
		at(0, "p", Map.of("p", 5, "r", 5));
		at(1, "p", Map.of("p", 6, "r", 5));
		at(3, "p", Map.of("p", 6, "r", 5));
		assertThat(at(90, null, Map.of("r", 5))).containsEntry("r", Duration.ofSeconds(2));
	}

	@Test
	void lagIsMeasuredAgainAfterAChangeOfPrimary() {
		at(0, "p", Map.of("p", 9, "q", 8, "r", 8));
		assertThat(at(1, "q", Map.of("q", 8, "r", 7))).doesNotContainKey("r");
		assertThat(at(2, "q", Map.of("q", 8, "r", 8))).containsEntry("r", Duration.ZERO);
	}

	@Test
	void lagIsMeasuredAgainAfterAMissingProbeResult() {
		at(0, "p", Map.of("p", 5, "r", 5));
		at(1, "p", Map.of("p", 6));
		assertThat(at(60, "p", Map.of("p", 900, "r", 5))).doesNotContainKey("r");
		assertThat(at(61, "p", Map.of("p", 901, "r", 900))).containsKey("r");
	}

	@Test
	void lagIsUnknownWithoutGtids() {
		assertThat(at(0, "p", Map.of("p", 0, "r", 0))).isEmpty();
	}

	@Test
	void lagOfAStoppedReplicaGrowsWithTime() {
		at(0, "p", Map.of("p", 1, "r", 1));
		for (int second = 1; second < 3000; second++) {
			at(second, "p", Map.of("p", second + 1, "r", 1));
		}
		assertThat(at(3000, "p", Map.of("p", 3001, "r", 1))).containsEntry("r", Duration.ofSeconds(2999));
	}

	@Test
	void lagIsNeverTooSmallWithFrequentProbes() {
		// The lag is measured every 10 ms, while a third server is stuck and one replica
		// is 20 s behind.
		for (int tick = 0; tick < 6000; tick++) {
			measure(Duration.ofMillis(10L * tick), "p",
					Map.of("p", tick + 1, "stuck", 1, "r", Math.max(1, tick + 1 - 2000)));
		}
		Map<String, Duration> lags = measure(Duration.ofSeconds(60), "p", Map.of("p", 6001, "stuck", 1, "r", 4001));
		assertThat(lags.get("r")).isBetween(Duration.ofSeconds(20).minusMillis(10), Duration.ofSeconds(22));
		assertThat(lags.get("stuck")).isBetween(Duration.ofSeconds(59), Duration.ofSeconds(60));
	}

	private Map<String, Duration> at(int second, @Nullable String primary, Map<String, Integer> executed) {
		return measure(Duration.ofSeconds(second), primary, executed);
	}

	private Map<String, Duration> measure(Duration time, @Nullable String primary, Map<String, Integer> executed) {
		var sets = new java.util.HashMap<String, GtidSet>();
		executed.forEach((node, last) -> sets.put(node, (last > 0) ? GtidSet.parse("u:1-" + last) : GtidSet.EMPTY));
		return this.estimator.measure(time.toNanos(), primary, sets);
	}

}
