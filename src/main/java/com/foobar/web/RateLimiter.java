package com.foobar.web;

import java.time.Duration;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;

/**
 * Lets each of those who do something do it so often in a window of time, and all of it
 * at once if they like. What is used up comes back evenly.
 *
 * <p>
 * It counts on this instance alone. Safe for use by many threads.
 */
public final class RateLimiter {

	// Some hundred bytes each. Whoever is forgotten begins anew, which takes an attacker
	// as many accounts or addresses as this.
	private static final int REMEMBERED = 50_000;

	private final LoadingCache<String, Bucket> buckets;

	public RateLimiter(int permits, Duration window) {
		// After an idle window a bucket is full again, so it need not be remembered.
		this.buckets = Caffeine.newBuilder()
			.maximumSize(REMEMBERED)
			.expireAfterAccess(window)
			.build((who) -> Bucket.builder()
				.addLimit((limit) -> limit.capacity(permits).refillGreedy(permits, window))
				.build());
	}

	/**
	 * Uses up a permit, if one is left.
	 * @return how long to wait until one is left; empty if there was one
	 */
	public Optional<Duration> tryAcquire(String who) {
		ConsumptionProbe probe = this.buckets.get(who).tryConsumeAndReturnRemaining(1);
		return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
	}

	public void giveBack(String who) {
		this.buckets.get(who).addTokens(1);
	}

	/** Gives back all of them. */
	public void reset(String who) {
		this.buckets.invalidate(who);
	}

}
