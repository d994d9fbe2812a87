package com.foobar.database;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeadlineTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	@Test
	void withoutDeadlineNoTimeoutIsShortened() {
		assertThat(Deadline.current().atMost(MINUTE)).isEqualTo(MINUTE);
		assertThat(Deadline.current().hasPassed()).isFalse();
	}

	@Test
	void remainingTimeShortensTimeouts() {
		Deadline.after(Duration.ofSeconds(10)).call(() -> {
			assertThat(Deadline.current().atMost(MINUTE)).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10));
			assertThat(Deadline.current().atMost(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
			return null;
		});
		assertThat(Deadline.current().atMost(MINUTE)).isEqualTo(MINUTE);
	}

	@Test
	void nestedDeadlineIsNeverLater() {
		Deadline.after(Duration.ofSeconds(10)).call(() -> Deadline.after(MINUTE).call(() -> {
			assertThat(Deadline.current().remaining()).isLessThanOrEqualTo(Duration.ofSeconds(10));
			return null;
		}));
	}

	@Test
	void noTimeRemainsAfterTheDeadline() {
		Deadline.after(Duration.ZERO).call(() -> {
			assertThat(Deadline.current().hasPassed()).isTrue();
			assertThat(Deadline.current().remaining()).isEqualTo(Duration.ZERO);
			return null;
		});
	}

}
