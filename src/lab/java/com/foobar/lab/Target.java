package com.foobar.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A limit for the time that a fault may keep visitors from the site. A busy machine may
 * exceed it; three times the limit is a fault of the site and fails the test.
 *
 * @param limit the limit; zero if the time is only reported
 * @param label the name of the measured time
 * @param measure returns the measured time
 */
record Target(Duration limit, String label, Function<Journal, Duration> measure) {

	/** Contains one line per fault, which deploy/test prints at its end. */
	private static final Path TABLE = Path.of("target/faults.txt");

	/** Limits the longest time without an acknowledged write. */
	static Target withoutWrites(int seconds) {
		return new Target(Duration.ofSeconds(seconds), "no writes", Journal::longestTimeWithoutWrites);
	}

	/** Limits the longest time in which no new visitor gets the home page. */
	static Target withoutVisits(int seconds) {
		return new Target(Duration.ofSeconds(seconds), "no visits", Journal::longestTimeWithoutVisits);
	}

	/** Limits the duration of the slowest read. */
	static Target slowestRead(int seconds) {
		return new Target(Duration.ofSeconds(seconds), "slowest read", Journal::slowestRead);
	}

	/** Reports the measured time, and asserts that it is below three times the limit. */
	void check(String fault, Journal journal) {
		print(line(fault, journal));
		assertBelowThreeTimesTheLimit(fault, journal);
	}

	void assertBelowThreeTimesTheLimit(String fault, Journal journal) {
		if (!this.limit.isZero()) {
			assertThat(this.measure.apply(journal)).as("%s: %s", fault, this.label)
				.isLessThan(this.limit.multipliedBy(3));
		}
	}

	/** Returns the line of the report. */
	String line(String fault, Journal journal) {
		Duration measured = this.measure.apply(journal);
		String target = this.limit.isZero() ? "" : "target %d s%s".formatted(this.limit.toSeconds(),
				(measured.compareTo(this.limit) > 0) ? ", missed" : "");
		return String.format(Locale.ROOT, "%-36s %5.1f s %s   %-20s %s", fault, measured.toMillis() / 1000.0,
				this.label, target, journal);
	}

	/** Reports the longest time without an acknowledged write, without a limit. */
	static void report(String fault, Journal journal) {
		withoutWrites(0).check(fault, journal);
	}

	private static void print(String line) {
		System.out.println(line);
		try {
			Files.writeString(TABLE, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
