package com.foobar.database;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeadlineTests {

	private static final Duration MINUTE = Duration.ofMinutes(1);

	@Test
	void outsideOfAnyNothingIsShortened() {
		assertThat(Deadline.current().atMost(MINUTE)).isEqualTo(MINUTE);
		assertThat(Deadline.current().hasPassed()).isFalse();
	}

	@Test
	void whatIsLeftShortensEveryWait() {
		Deadline.after(Duration.ofSeconds(10)).call(() -> {
			assertThat(Deadline.current().atMost(MINUTE)).isBetween(Duration.ofSeconds(9), Duration.ofSeconds(10));
			assertThat(Deadline.current().atMost(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
			return null;
		});
		assertThat(Deadline.current().atMost(MINUTE)).isEqualTo(MINUTE);
	}

	@Test
	void oneInsideAnotherIsNeverLater() {
		Deadline.after(Duration.ofSeconds(10)).call(() -> Deadline.after(MINUTE).call(() -> {
			assertThat(Deadline.current().left()).isLessThanOrEqualTo(Duration.ofSeconds(10));
			return null;
		}));
	}

	@Test
	void nothingIsLeftOfOneThatHasPassed() {
		Deadline.after(Duration.ZERO).call(() -> {
			assertThat(Deadline.current().hasPassed()).isTrue();
			assertThat(Deadline.current().left()).isEqualTo(Duration.ZERO);
			return null;
		});
	}

}
