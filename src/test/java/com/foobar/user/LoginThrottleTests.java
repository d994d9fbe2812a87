package com.foobar.user;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import com.foobar.web.limit.BulkheadFullException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests how many attempts to sign in or to register are allowed. */
class LoginThrottleTests {

	private static final String ADDRESS = "192.0.2.1";

	private static final String OTHER_ADDRESS = "198.51.100.7";

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final LoginThrottle throttle = new LoginThrottle(
			new LoginThrottleProperties(Duration.ofMinutes(5), 3, 5, 4), this.meters);

	@Test
	void refusesTooManyFailures() {
		signInWithWrongPassword(3, "ada@example.com", ADDRESS);
		assertThatExceptionOfType(TooManyAttemptsException.class).isThrownBy(() -> signIn("ada@example.com", ADDRESS))
			.withMessage("Too many attempts of [ada@example.com from 192.0.2.1]")
			.satisfies((ex) -> assertThat(ex.retryAfter()).hasValueSatisfying(
					(wait) -> assertThat(wait).isBetween(Duration.ofSeconds(90), Duration.ofSeconds(100))))
			.satisfies(
					(ex) -> assertThat(ex.sentence()).isEqualTo("Too many attempts. Please try again in 2 minutes."));
		assertThat(this.meters.counter("security.sign.in.failures").count()).isEqualTo(3);
		assertThat(this.meters.counter("security.rate.limited").count()).isEqualTo(1);
	}

	@Test
	void otherAddressesAreNotLockedOut() {
		signInWithWrongPassword(3, "ada@example.com", ADDRESS);
		assertThat(signIn("ada@example.com", OTHER_ADDRESS)).isTrue();
	}

	@Test
	void successResetsTheAccount() {
		for (int i = 0; i < 10; i++) {
			signInWithWrongPassword((i < 2) ? 2 : 0, "ada@example.com", ADDRESS);
			assertThat(signIn("ada@example.com", ADDRESS)).isTrue();
		}
	}

	@Test
	void successDoesNotResetTheAddress() {
		for (int i = 0; i < 5; i++) {
			signInWithWrongPassword(1, "victim%d@example.com".formatted(i), ADDRESS);
			signIn("guesser@example.com", (i < 4) ? ADDRESS : OTHER_ADDRESS);
		}
		assertThatExceptionOfType(TooManyAttemptsException.class)
			.isThrownBy(() -> signIn("victim9@example.com", ADDRESS))
			.withMessageContaining("[192.0.2.1]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "ADA@example.com", "ada@example.com\u0001", "\uff41da@example.com" })
	void equalEmailsForTheDatabaseShareALimit(String variant) {
		signInWithWrongPassword(3, "ada@example.com", ADDRESS);
		assertThatExceptionOfType(TooManyAttemptsException.class).isThrownBy(() -> signIn(variant, ADDRESS));
	}

	@Test
	void ipv6NetworkCountsAsOneAddress() {
		signInWithWrongPassword(3, "ada@example.com", "2001:db8:1:2::1");
		assertThatExceptionOfType(TooManyAttemptsException.class)
			.isThrownBy(() -> signIn("ada@example.com", "2001:db8:1:2:3:4:5:6"));
		assertThat(signIn("ada@example.com", "2001:db8:1:3::1")).isTrue();
	}

	@Test
	void refundsAttemptsThatFailForAnotherReason() {
		for (int i = 0; i < 10; i++) {
			assertThatExceptionOfType(BulkheadFullException.class)
				.isThrownBy(() -> attempt("ada@example.com", ADDRESS, () -> new BulkheadFullException("Busy")));
		}
		assertThat(this.meters.counter("security.sign.in.failures").count()).isZero();
		assertThat(signIn("ada@example.com", ADDRESS)).isTrue();
	}

	@Test
	void limitsConcurrentAttempts() throws Exception {
		var count = new AtomicInteger();
		Callable<Object> guess = () -> {
			attempt("ada@example.com", ADDRESS, () -> {
				count.incrementAndGet();
				return new BadCredentialsException("ada@example.com");
			});
			return true;
		};
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			executor.invokeAll(IntStream.range(0, 100).mapToObj((i) -> guess).toList());
		}
		assertThat(count).hasValue(3);
	}

	@Test
	void limitsRegistrationsByAddress() {
		for (int i = 0; i < 4; i++) {
			assertThat(this.throttle.<Boolean>throttleRegistration(ADDRESS, () -> true)).isTrue();
		}
		assertThatExceptionOfType(TooManyAttemptsException.class)
			.isThrownBy(() -> this.throttle.throttleRegistration(ADDRESS, () -> true));
		assertThat(this.throttle.<Boolean>throttleRegistration(OTHER_ADDRESS, () -> true)).isTrue();
		assertThat(this.meters.counter("security.rate.limited").count()).isEqualTo(1);
	}

	private void signInWithWrongPassword(int times, String email, String address) {
		for (int i = 0; i < times; i++) {
			assertThatExceptionOfType(BadCredentialsException.class)
				.isThrownBy(() -> attempt(email, address, () -> new BadCredentialsException(email)));
		}
	}

	private boolean signIn(String email, String address) {
		return this.throttle.throttleSignIn(email, address, () -> true);
	}

	private void attempt(String email, String address, Supplier<RuntimeException> failure) {
		this.throttle.throttleSignIn(email, address, () -> {
			throw failure.get();
		});
	}

}
