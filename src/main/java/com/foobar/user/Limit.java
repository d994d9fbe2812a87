package com.foobar.user;

import java.time.Duration;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;

/** So many attempts for each of those who make them. */
class Limit {

	// Some hundred bytes each. Who is forgotten begins anew, and whoever would have so
	// many forgotten needs hundreds of addresses.
	private static final int REMEMBERED = 50_000;

	private final LoadingCache<String, Bucket> buckets;

	Limit(int attempts, Duration window) {
		// Whose last attempt is that long ago has all of them back.
		this.buckets = Caffeine.newBuilder()
			.maximumSize(REMEMBERED)
			.expireAfterAccess(window)
			.build((who) -> Bucket.builder()
				.addLimit((limit) -> limit.capacity(attempts).refillGreedy(attempts, window))
				.build());
	}

	/**
	 * Uses up an attempt.
	 * @throws TooManyAttemptsException if none is left
	 */
	void take(String who) {
		ConsumptionProbe probe = this.buckets.get(who).tryConsumeAndReturnRemaining(1);
		if (!probe.isConsumed()) {
			throw new TooManyAttemptsException(who, Duration.ofNanos(probe.getNanosToWaitForRefill()));
		}
	}

	void giveBack(String who) {
		this.buckets.get(who).addTokens(1);
	}

	/** Gives back all of them. */
	void forget(String who) {
		this.buckets.invalidate(who);
	}

}
