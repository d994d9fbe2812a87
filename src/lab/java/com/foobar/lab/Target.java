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
 * How long a fault may keep people from the site. A busy machine may take longer; three
 * times as long is a fault of ours.
 *
 * @param limit zero where there is only something to tell
 */
record Target(Duration limit, String what, Function<Journal, Duration> measure) {

	/** A line each, for the table at the end of deploy/test. */
	private static final Path TABLE = Path.of("target/faults.txt");

	/** So many seconds in which nobody is told that something is written. */
	static Target withoutWrites(int seconds) {
		return new Target(Duration.ofSeconds(seconds), "no writes", Journal::silence);
	}

	/** So many seconds in which nobody is let in who comes. */
	static Target withoutVisitors(int seconds) {
		return new Target(Duration.ofSeconds(seconds), "no visits", Journal::absence);
	}

	/** So many seconds that anybody waits for something to read. */
	static Target slowestRead(int seconds) {
		return new Target(Duration.ofSeconds(seconds), "for a read", Journal::slowestRead);
	}

	void check(String fault, Journal journal) {
		print(line(fault, journal));
		assertNotFarMissed(fault, journal);
	}

	void assertNotFarMissed(String fault, Journal journal) {
		if (!this.limit.isZero()) {
			assertThat(this.measure.apply(journal)).as("%s: %s", fault, this.what)
				.isLessThan(this.limit.multipliedBy(3));
		}
	}

	String line(String fault, Journal journal) {
		Duration measured = this.measure.apply(journal);
		String target = this.limit.isZero() ? "" : "target %d s%s".formatted(this.limit.toSeconds(),
				(measured.compareTo(this.limit) > 0) ? ", missed" : "");
		return String.format(Locale.ROOT, "%-36s %5.1f s %s   %-20s %s", fault, measured.toMillis() / 1000.0, this.what,
				target, journal);
	}

	/** Without a target there is only something to tell. */
	static void tell(String fault, Journal journal) {
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
