package com.foobar.web.limit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;

/**
 * Token bucket per key: at most so many actions per window, refilled evenly. All of them
 * may be used at once.
 *
 * <p>
 * It counts on this instance alone. Safe for use by many threads.
 */
public final class RateLimiter {

	// Some hundred bytes each, because keys are kept as their hashes, however long they
	// are. A key that is forgotten begins anew, which takes an attacker as many accounts
	// or addresses as this.
	private static final int REMEMBERED = 50_000;

	private final LoadingCache<ByteBuffer, Bucket> buckets;

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
		ConsumptionProbe probe = bucket(who).tryConsumeAndReturnRemaining(1);
		return probe.isConsumed() ? Optional.empty() : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
	}

	public void giveBack(String who) {
		bucket(who).addTokens(1);
	}

	/** Gives back all of them. */
	public void reset(String who) {
		this.buckets.invalidate(hash(who));
	}

	private Bucket bucket(String who) {
		return this.buckets.get(hash(who));
	}

	private static ByteBuffer hash(String who) {
		try {
			return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(who.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
