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
 * What clients were told while something happened to the site, to be compared with what
 * is there afterwards.
 *
 * @param run what the names of everything begin with that they wrote
 * @param fault when it happened, in milliseconds since 1970: how long things took is told
 * from there, for a site that has just started takes its time
 */
record Journal(String run, long fault, List<Event> events) {

	private static final Kind[] READS = { Kind.READ, Kind.READ_FAILED, Kind.FOUND, Kind.STALE, Kind.DEGRADED,
			Kind.ARRIVED, Kind.TURNED_AWAY };

	// Enough to start looking from.
	private static final int EVIDENCE = 5;

	List<Event> of(Kind... kinds) {
		return only((event) -> Arrays.asList(kinds).contains(event.kind())).events();
	}

	Journal only(Predicate<Event> condition) {
		return new Journal(this.run, this.fault, this.events.stream().filter(condition).toList());
	}

	private Journal afterwards() {
		return only((event) -> event.ended() >= this.fault);
	}

	/** In milliseconds since 1970. */
	long began() {
		return this.events.stream().mapToLong(Event::began).min().orElseThrow();
	}

	/** How long who waited longest for something to read has waited, served or not. */
	Duration slowestRead() {
		return Duration.ofMillis(slowest(READS));
	}

	/** The longest time in which nobody was told that something is written. */
	Duration silence() {
		return without(Kind.WRITTEN);
	}

	/** The longest time in which nobody who came was let in. */
	Duration absence() {
		return without(Kind.ARRIVED);
	}

	// The last time goes on as long as anybody began to ask for something.
	private Duration without(Kind kind) {
		LongStream told = afterwards().of(kind).stream().mapToLong(Event::ended).sorted();
		long end = this.events.stream().mapToLong(Event::began).max().orElse(this.fault);
		long longest = 0;
		long last = this.fault;
		for (long time : LongStream.concat(told, LongStream.of(end)).toArray()) {
			longest = Math.max(longest, time - last);
			last = time;
		}
		return Duration.ofMillis(longest);
	}

	/** What was acknowledged is there once, and what is unresolved not twice. */
	void assertKept(String where, Collection<String> present) {
		Map<String, Long> times = present.stream()
			.collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
		assertNone("acknowledged, but lost on " + where,
				of(Kind.WRITTEN).stream().filter((event) -> !times.containsKey(event.subject())));
		assertNone("more than once on " + where, of(Kind.WRITTEN, Kind.UNRESOLVED).stream()
			.filter((event) -> times.getOrDefault(event.subject(), 0L) > 1));
	}

	void assertNothingStale() {
		assertNone("not shown to who wrote it", of(Kind.STALE).stream());
	}

	void assertEveryReadServed() {
		assertNone("reads that failed", of(Kind.READ_FAILED, Kind.TURNED_AWAY).stream());
	}

	void assertEveryWriteServed() {
		assertNone("attempts to write that failed", of(Kind.ATTEMPT_FAILED).stream());
	}

	private static void assertNone(String description, Stream<Event> events) {
		List<Event> all = events.toList();
		assertThat(all.stream().limit(EVIDENCE)).as("%d %s; the first", all.size(), description).isEmpty();
	}

	@Override
	public String toString() {
		return String.format(Locale.ROOT,
				"%d reads, %d failed, %d degraded, slowest %.1f s; %d writes, %d attempts failed, slowest %.1f s, %d unresolved",
				of(READS).size(), of(Kind.READ_FAILED, Kind.TURNED_AWAY).size(), of(Kind.DEGRADED).size(),
				slowest(READS) / 1000.0, of(Kind.WRITTEN).size(), of(Kind.ATTEMPT_FAILED).size(),
				slowest(Kind.WRITTEN) / 1000.0, of(Kind.UNRESOLVED).size());
	}

	private long slowest(Kind... kinds) {
		return afterwards().of(kinds).stream().mapToLong(Event::millis).max().orElse(0);
	}

}
