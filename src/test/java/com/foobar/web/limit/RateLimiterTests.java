package com.foobar.web.limit;

import java.lang.ref.WeakReference;
import java.time.Duration;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests that each key has its own permits, and that long keys are not stored. */
class RateLimiterTests {

	private static final Duration HOUR = Duration.ofHours(1);

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	@Test
	void eachKeyHasItsOwnPermits() {
		var limiter = new RateLimiter(2, HOUR, this.meters);
		assertThat(limiter.tryAcquire("ada")).isEmpty();
		assertThat(limiter.tryAcquire("ada")).isEmpty();
		assertThat(limiter.tryAcquire("ada")).get()
			.satisfies((wait) -> assertThat(wait).isBetween(Duration.ofMinutes(29), Duration.ofMinutes(30)));
		assertThat(limiter.tryAcquire("bob")).isEmpty();
		assertThat(this.meters.counter("security.rate.limited").count()).isEqualTo(1);
	}

	@Test
	void permitsAreReturnedOneByOneOrAllAtOnce() {
		var limiter = new RateLimiter(2, HOUR, this.meters);
		limiter.tryAcquire("ada");
		limiter.tryAcquire("ada");
		limiter.refund("ada");
		assertThat(limiter.tryAcquire("ada")).isEmpty();
		assertThat(limiter.tryAcquire("ada")).isPresent();
		limiter.reset("ada");
		assertThat(limiter.tryAcquire("ada")).isEmpty();
		assertThat(limiter.tryAcquire("ada")).isEmpty();
	}

	@Test
	void longKeysAreNotStored() {
		var limiter = new RateLimiter(1, HOUR, this.meters);
		WeakReference<String> key = acquireWithLongKey(limiter);
		Awaitility.await().until(() -> {
			System.gc();
			return key.refersTo(null);
		});
		assertThat(limiter.tryAcquire("a".repeat(9000))).isPresent();
	}

	private static WeakReference<String> acquireWithLongKey(RateLimiter limiter) {
		String key = "a".repeat(9000);
		limiter.tryAcquire(key);
		return new WeakReference<>(key);
	}

}
