package com.foobar.lab;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import com.foobar.load.Event;
import com.foobar.load.Event.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that the events show lost, doubled and stale writes, and measures the longest
 * time without writes.
 */
class LoadEventsTests {

	private static final Event ONE = event(1_000, Kind.WRITTEN, "one");

	private static final Event TWO = event(3_500, Kind.WRITTEN, "two");

	private static final Event PERHAPS = event(4_000, Kind.UNRESOLVED, "perhaps");

	private final LoadEvents events = events(ONE, TWO, PERHAPS);

	@Test
	void unresolvedWriteMayBePresentOrMissing() {
		this.events.assertWritesKept("web-01", List.of("two", "one"));
		this.events.assertWritesKept("web-01", List.of("perhaps", "two", "one"));
	}

	@Test
	void missingAcknowledgedWriteIsReported() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> this.events.assertWritesKept("web-01", List.of("one", "perhaps")))
			.withMessageContaining("acknowledged writes that are missing on web-01: 1; the first ones")
			.withMessageContaining(TWO.toString());
	}

	@Test
	void writeThatIsPresentTwiceIsReported() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> this.events.assertWritesKept("web-01", List.of("one", "two", "one")))
			.withMessageContaining("writes that are present more than once on web-01: 1; the first ones")
			.withMessageContaining(ONE.toString());
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> this.events.assertWritesKept("web-01", List.of("one", "perhaps", "two", "perhaps")))
			.withMessageContaining(PERHAPS.toString());
	}

	@Test
	void readWithoutOwnWriteIsStaleUnlessItIsDegraded() {
		Event stale = event(1_100, Kind.STALE, "one");
		events(event(1_050, Kind.FOUND, "one"), event(1_100, Kind.DEGRADED, "one")).assertNothingStale();
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> events(ONE, stale).assertNothingStale())
			.withMessageContaining("reads after a write that did not return it: 1; the first ones")
			.withMessageContaining(stale.toString());
	}

	@Test
	void failureShowsTheFirstOfMany() {
		Event[] failed = Stream.generate(() -> event(1_000, Kind.READ_FAILED, "/")).limit(100).toArray(Event[]::new);
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> events(failed).assertEveryReadServed())
			.withMessageContaining("reads that failed: 100; the first ones")
			.satisfies((error) -> assertThat(error.toString().lines()).hasSizeLessThan(15));
	}

	@Test
	void longestTimeWithoutWritesIsBetweenTwoAcknowledgements() {
		assertThat(this.events.longestTimeWithoutWrites()).isEqualTo(Duration.ofMillis(2_500));
		assertThat(events(TWO, event(3_600, Kind.WRITTEN, "three"), ONE).longestTimeWithoutWrites())
			.isEqualTo(Duration.ofMillis(2_500));
	}

	@Test
	void timeWithoutWritesStartsAtTheFault() {
		Event before = event(10, Kind.WRITTEN, "before");
		assertThat(events(TWO, before).longestTimeWithoutWrites()).isEqualTo(Duration.ofMillis(2_500));
	}

	@Test
	void timeWithoutWritesLastsToTheLastRequest() {
		assertThat(events(ONE, event(9_010, Kind.ATTEMPT_FAILED, "two")).longestTimeWithoutWrites())
			.isEqualTo(Duration.ofSeconds(8));
		assertThat(events(event(3_010, Kind.NEW_CONNECTION_FAILED, "/")).longestTimeWithoutVisits())
			.isEqualTo(Duration.ofSeconds(2));
	}

	@Test
	void eventIsParsedAsItWasPrinted() {
		var event = new Event(1_000, Kind.ATTEMPT_FAILED, 7, "one", "lost\tin\nthe middle");
		assertThat(Event.parse(event.toString()))
			.isEqualTo(new Event(1_000, Kind.ATTEMPT_FAILED, 7, "one", "lost in the middle"));
	}

	private static LoadEvents events(Event... events) {
		return new LoadEvents("run", 1_000, List.of(events));
	}

	private static Event event(long ended, Kind kind, String subject) {
		return new Event(ended, kind, 10, subject, "201 of web-01");
	}

}
