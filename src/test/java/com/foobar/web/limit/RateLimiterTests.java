package com.foobar.web.limit;

import java.lang.ref.WeakReference;
import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How often somebody may do something, and what is remembered of them. */
class RateLimiterTests {

	private static final Duration HOUR = Duration.ofHours(1);

	@Test
	void everybodyHasTheirOwnPermits() {
		var limiter = new RateLimiter(2, HOUR);
		assertThat(limiter.tryAcquire("ada")).isEmpty();
		assertThat(limiter.tryAcquire("ada")).isEmpty();
		assertThat(limiter.tryAcquire("ada")).get()
			.satisfies((wait) -> assertThat(wait).isBetween(Duration.ofMinutes(29), Duration.ofMinutes(30)));
		assertThat(limiter.tryAcquire("bob")).isEmpty();
	}

	@Test
	void permitsAreGivenBackOneByOneOrAllAtOnce() {
		var limiter = new RateLimiter(2, HOUR);
		limiter.tryAcquire("ada");
		limiter.tryAcquire("ada");
		limiter.giveBack("ada");
		assertThat(limiter.tryAcquire("ada")).isEmpty();
		assertThat(limiter.tryAcquire("ada")).isPresent();
		limiter.reset("ada");
		assertThat(limiter.tryAcquire("ada")).isEmpty();
		assertThat(limiter.tryAcquire("ada")).isEmpty();
	}

	@Test
	void longNamesAreNotKept() {
		var limiter = new RateLimiter(1, HOUR);
		WeakReference<String> name = use(limiter);
		Awaitility.await().until(() -> {
			System.gc();
			return name.refersTo(null);
		});
		assertThat(limiter.tryAcquire("a".repeat(9000))).isPresent();
	}

	private static WeakReference<String> use(RateLimiter limiter) {
		String name = "a".repeat(9000);
		limiter.tryAcquire(name);
		return new WeakReference<>(name);
	}

}
