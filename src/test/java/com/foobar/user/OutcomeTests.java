package com.foobar.user;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests which results and exceptions an outcome keeps. */
class OutcomeTests {

	@Test
	void keepsTheResult() {
		assertThat(Outcome.of(() -> "a hash").get()).isEqualTo("a hash");
	}

	@Test
	void keepsTheException() {
		Outcome<String> outcome = Outcome.of(() -> {
			throw new BadCredentialsException("ada@example.com");
		});
		assertThatExceptionOfType(BadCredentialsException.class).isThrownBy(outcome::get)
			.withMessage("Wrong email or password for [ada@example.com]");
	}

	@Test
	void throwsTooManyAttemptsAtOnce() {
		assertThatExceptionOfType(TooManyAttemptsException.class).isThrownBy(() -> Outcome.of(() -> {
			throw new TooManyAttemptsException("192.0.2.1", Duration.ofMinutes(1));
		})).withMessage("Too many attempts of [192.0.2.1]");
	}

}
