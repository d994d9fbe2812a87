package com.foobar.lab;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The alerts that begin to fire from a moment on, as the lab's Prometheus evaluates them.
 * Immutable.
 *
 * @param since the moment
 * @param before the names of the alerts that fired already
 */
record Alerts(Instant since, Set<String> before) {

	/** Always fires, so that it is missed when the monitoring fails. */
	static final String WATCHDOG = "Watchdog";

	/**
	 * The alerts on the errors of many minutes or days. What several tests do together
	 * can make them fire at any time later.
	 */
	static final Set<String> OF_ERRORS_OVER_TIME = Set.of("ErrorBudgetBurnFast", "ErrorBudgetBurnMedium",
			"ErrorBudgetBurnSlow", "SlowResponsesBurnFast", "SlowResponsesBurnMedium", "SlowResponsesBurnSlow",
			"RetriesHigh", "UnknownOutcomes");

	/**
	 * The other alerts on events that are ten or fifteen minutes old at most. They fire
	 * so long after a test that causes the events.
	 */
	static final Set<String> OF_RECENT_EVENTS = Set.of("SignInFailures", "RateLimitHigh", "ForgedTokens", "SshFailures",
			"FirewallDrops", "MysqlAccessDenied", "ServiceRestarts", "OutOfMemoryKill", "NotificationsFailing",
			"LogsDropped");

	// A threshold of two minutes, and 15 seconds each for the scrape, the evaluation and
	// the metrics of the server's status.
	private static final Duration LONGEST = Duration.ofMinutes(4);

	/** Begins to watch, as soon as the rules are evaluated. */
	static Alerts watch() {
		Set<String> before = Awaitility.await("alerts are evaluated")
			.atMost(Duration.ofMinutes(2))
			.ignoreExceptions()
			.until(Alerts::firing, Objects::nonNull);
		return new Alerts(Instant.now(), before);
	}

	/**
	 * Returns the names of the alerts that fire now, without the watchdog.
	 * @throws IllegalStateException if Prometheus does not answer, or does not yet
	 * evaluate the rules
	 */
	static Set<String> firing() {
		Set<String> names = names("ALERTS{alertstate=\"firing\"}");
		if (!names.remove(WATCHDOG)) {
			throw new IllegalStateException("Prometheus evaluates no rules: %s does not fire".formatted(WATCHDOG));
		}
		return names;
	}

	/** Waits until all these alerts fire, for four minutes at most. */
	static void await(String... names) {
		awaitFor(LONGEST, names);
	}

	static void awaitFor(Duration atMost, String... names) {
		Awaitility.await("these alerts fire: " + String.join(", ", names))
			.atMost(atMost)
			.pollInterval(Duration.ofSeconds(2))
			.ignoreExceptions()
			.untilAsserted(() -> assertThat(firing()).contains(names));
	}

	/** Waits until none of these alerts fires, for four minutes at most. */
	static void awaitResolved(String... names) {
		awaitResolvedFor(LONGEST, names);
	}

	static void awaitResolvedFor(Duration atMost, String... names) {
		Awaitility.await("these alerts end: " + String.join(", ", names))
			.atMost(atMost)
			.pollInterval(Duration.ofSeconds(2))
			.ignoreExceptions()
			.untilAsserted(() -> assertThat(firing()).doesNotContain(names));
	}

	/**
	 * Waits until no alert fires except these, which need not.
	 */
	static void awaitNoneExcept(Set<String> others, Duration atMost) {
		Awaitility.await("no alert fires except " + others)
			.atMost(atMost)
			.pollInterval(Duration.ofSeconds(5))
			.ignoreExceptions()
			.untilAsserted(() -> assertThat(others).containsAll(firing()));
	}

	/**
	 * Waits until no alert fires except those of earlier errors and events, for six
	 * minutes at most: after all tests, nothing is left that needs a person.
	 */
	static void awaitHealthySite() {
		Set<String> others = new TreeSet<>(OF_ERRORS_OVER_TIME);
		others.addAll(OF_RECENT_EVENTS);
		awaitNoneExcept(others, Duration.ofMinutes(6));
	}

	/** Returns the names of the alerts that have begun to fire. */
	Set<String> fired() {
		Prometheus.await();
		long seconds = Duration.between(this.since, Instant.now()).toSeconds() + 1;
		Set<String> fired = names("max_over_time(ALERTS{alertstate=\"firing\"}[%ds])".formatted(seconds));
		fired.removeAll(this.before);
		fired.remove(WATCHDOG);
		return fired;
	}

	/**
	 * Asserts that no alert has begun to fire except those that are expected, which may
	 * have. Alerts on the errors of a longer time may always.
	 */
	void assertNoOtherFired(String... expected) {
		Set<String> other = fired();
		other.removeAll(List.of(expected));
		other.removeAll(OF_ERRORS_OVER_TIME);
		assertThat(other).as("alerts that fired since %s, except %s", this.since, Arrays.toString(expected)).isEmpty();
	}

	private static Set<String> names(String query) {
		return Prometheus.query("count by (alertname) (%s)".formatted(query))
			.stream()
			.map((sample) -> sample.label("alertname"))
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
