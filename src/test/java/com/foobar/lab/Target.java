package com.foobar.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How long a fault may keep people from writing. A busy machine may take longer; three
 * times as long is a fault of ours.
 */
record Target(Duration silence) {

	/** A line each, for the table at the end of deploy/test. */
	private static final Path TABLE = Path.of("target/faults.txt");

	static Target seconds(int silence) {
		return new Target(Duration.ofSeconds(silence));
	}

	void check(String fault, Journal journal) {
		print(line(fault, journal));
		assertNotFarMissed(fault, journal);
	}

	void assertNotFarMissed(String fault, Journal journal) {
		assertThat(journal.silence()).as("time without writes: " + fault).isLessThan(this.silence.multipliedBy(3));
	}

	String line(String fault, Journal journal) {
		return line(fault, "   target %4d s%s".formatted(this.silence.toSeconds(),
				(journal.silence().compareTo(this.silence) > 0) ? ", missed" : ""), journal);
	}

	/** Without a target there is only something to tell. */
	static void tell(String fault, Journal journal) {
		print(line(fault, "", journal));
	}

	private static String line(String fault, String target, Journal journal) {
		return String.format(Locale.ROOT, "%-36s %5.1f s%-24s   %s", fault, journal.silence().toMillis() / 1000.0,
				target, journal);
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
