package com.foobar.lab;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import com.foobar.load.Event;
import com.foobar.load.Event.Kind;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The load client's events while a fault or an operation took place, to be compared with
 * the site's data afterwards. Immutable.
 *
 * @param run the prefix of the names of everything that the client wrote
 * @param fault the time of the fault, in milliseconds since 1970. Durations count from
 * then on, because a site that has just started is slower.
 */
record LoadEvents(String run, long fault, List<Event> events) {

	private static final Kind[] READS = { Kind.READ, Kind.READ_FAILED, Kind.FOUND, Kind.STALE, Kind.DEGRADED,
			Kind.NEW_CONNECTION_SERVED, Kind.NEW_CONNECTION_FAILED };

	// A failure message shows so many events at most.
	private static final int MAX_SHOWN_EVENTS = 5;

	List<Event> of(Kind... kinds) {
		return only((event) -> Arrays.asList(kinds).contains(event.kind())).events();
	}

	LoadEvents only(Predicate<Event> condition) {
		return new LoadEvents(this.run, this.fault, this.events.stream().filter(condition).toList());
	}

	private LoadEvents sinceFault() {
		return only((event) -> event.ended() >= this.fault);
	}

	/** Returns the start of the first request, in milliseconds since 1970. */
	long began() {
		return this.events.stream().mapToLong(Event::began).min().orElseThrow();
	}

	/** Returns the duration of the slowest read since the fault, successful or not. */
	Duration slowestRead() {
		return Duration.ofMillis(longestMillis(READS));
	}

	/** Returns the longest time without an acknowledged write since the fault. */
	Duration longestTimeWithoutWrites() {
		return longestTimeWithout(Kind.WRITTEN);
	}

	/**
	 * Returns the longest time since the fault in which no new connection got the home
	 * page.
	 */
	Duration longestTimeWithoutVisits() {
		return longestTimeWithout(Kind.NEW_CONNECTION_SERVED);
	}

	// The last gap ends with the start of the last request of any kind.
	private Duration longestTimeWithout(Kind kind) {
		LongStream times = sinceFault().of(kind).stream().mapToLong(Event::ended).sorted();
		long end = this.events.stream().mapToLong(Event::began).max().orElse(this.fault);
		long longest = 0;
		long last = this.fault;
		for (long time : LongStream.concat(times, LongStream.of(end)).toArray()) {
			longest = Math.max(longest, time - last);
			last = time;
		}
		return Duration.ofMillis(longest);
	}

	/**
	 * Asserts that each acknowledged write is present exactly once, and each unresolved
	 * write at most once.
	 * @param present the names of all writes in one place, repeated if they are there
	 * twice
	 */
	void assertWritesKept(String place, Collection<String> present) {
		Map<String, Long> counts = present.stream()
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
		assertNone("acknowledged writes that are missing on " + place,
				of(Kind.WRITTEN).stream().filter((event) -> !counts.containsKey(event.subject())));
		assertNone("writes that are present more than once on " + place, of(Kind.WRITTEN, Kind.UNRESOLVED).stream()
			.filter((event) -> counts.getOrDefault(event.subject(), 0L) > 1));
	}

	void assertNothingStale() {
		assertNone("reads after a write that did not return it", of(Kind.STALE).stream());
	}

	void assertEveryReadServed() {
		assertNone("reads that failed", of(Kind.READ_FAILED, Kind.NEW_CONNECTION_FAILED).stream());
	}

	void assertEveryWriteServed() {
		assertNone("attempts to write that failed", of(Kind.ATTEMPT_FAILED).stream());
	}

	private static void assertNone(String description, Stream<Event> events) {
		List<Event> all = events.toList();
		assertThat(all.stream().limit(MAX_SHOWN_EVENTS)).as("%s: %d; the first ones", description, all.size())
			.isEmpty();
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT,
				"%d reads, %d failed, %d degraded, slowest %.1f s; %d writes, %d attempts failed, slowest %.1f s, %d unresolved",
				of(READS).size(), of(Kind.READ_FAILED, Kind.NEW_CONNECTION_FAILED).size(), of(Kind.DEGRADED).size(),
				longestMillis(READS) / 1000.0, of(Kind.WRITTEN).size(), of(Kind.ATTEMPT_FAILED).size(),
				longestMillis(Kind.WRITTEN) / 1000.0, of(Kind.UNRESOLVED).size());
	}

	private long longestMillis(Kind... kinds) {
		return sinceFault().of(kinds).stream().mapToLong(Event::millis).max().orElse(0);
	}

}
