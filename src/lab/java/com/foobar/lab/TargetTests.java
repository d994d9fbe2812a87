package com.foobar.lab;

import java.util.List;

import com.foobar.load.Event;
import com.foobar.load.Event.Kind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that the report says if a target is missed, and that more than three times the
 * target fails.
 */
class TargetTests {

	private final LoadEvents events = new LoadEvents("run", 1_000,
			List.of(event(1_000, Kind.WRITTEN), event(1_500, Kind.READ), event(7_400, Kind.WRITTEN)));

	@Test
	void reportSaysIfTheTargetIsMissed() {
		assertThat(Target.withoutWrites(8).line("kill the primary", this.events)).isEqualTo(
				"kill the primary                       6.4 s no writes   target 8 s           1 reads, 0 failed, 0 degraded, "
						+ "slowest 0.9 s; 2 writes, 0 attempts failed, slowest 0.9 s, 0 unresolved");
		assertThat(Target.withoutWrites(6).line("kill the primary", this.events))
			.contains("target 6 s, missed   1 reads");
	}

	@Test
	void moreThanThreeTimesTheTargetFails() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> Target.withoutWrites(2).assertWithinTolerance("switchover", this.events))
			.withMessageContaining("switchover: no writes");
		Target.withoutWrites(3).assertWithinTolerance("switchover", this.events);
	}

	private static Event event(long ended, Kind kind) {
		return new Event(ended, kind, 900, "some", "200 of web-01");
	}

}
