package com.foobar.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;

import com.foobar.TimeTarget;

/**
 * A target for the time that a fault may keep visitors from the site. {@link TimeTarget}
 * says when a test fails.
 *
 * @param limit the target; zero if the time is only reported
 * @param label the name of the measured time
 * @param measure returns the measured time
 */
record Target(Duration limit, String label, Function<LoadEvents, Duration> measure) {

	/** Contains one line per fault, which deploy/test prints at its end. */
	private static final Path TABLE = Path.of("target/faults.txt");

	/** Returns a target for the longest time without an acknowledged write. */
	static Target withoutWrites(int seconds) {
		return new Target(Duration.ofSeconds(seconds), "no writes", LoadEvents::longestTimeWithoutWrites);
	}

	/**
	 * Returns a target for the longest time in which no new visitor gets the home page.
	 */
	static Target withoutVisits(int seconds) {
		return new Target(Duration.ofSeconds(seconds), "no visits", LoadEvents::longestTimeWithoutVisits);
	}

	/** Returns a target for the duration of the slowest read. */
	static Target slowestRead(int seconds) {
		return new Target(Duration.ofSeconds(seconds), "slowest read", LoadEvents::slowestRead);
	}

	/** Reports the measured time, and asserts that it is within the tolerance. */
	void check(String fault, LoadEvents events) {
		print(line(fault, events));
		assertWithinTolerance(fault, events);
	}

	void assertWithinTolerance(String fault, LoadEvents events) {
		if (!this.limit.isZero()) {
			new TimeTarget(this.limit).assertWithinTolerance("%s: %s".formatted(fault, this.label),
					this.measure.apply(events));
		}
	}

	/** Returns the line of the report. */
	String line(String fault, LoadEvents events) {
		Duration measured = this.measure.apply(events);
		String target = this.limit.isZero() ? "" : "target %d s%s".formatted(this.limit.toSeconds(),
				new TimeTarget(this.limit).isMissed(measured) ? ", missed" : "");
		return String.format(Locale.ROOT, "%-36s %5.1f s %s   %-20s %s", fault, measured.toMillis() / 1000.0,
				this.label, target, events);
	}

	/** Reports the longest time without an acknowledged write, without a target. */
	static void report(String fault, LoadEvents events) {
		withoutWrites(0).check(fault, events);
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
