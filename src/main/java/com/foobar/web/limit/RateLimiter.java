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
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Limits the rate of actions per key with a token bucket, which is refilled evenly over
 * the window. A key may use all of its permits at once.
 *
 * <p>
 * Each instance of the application counts for itself. The counter
 * {@code security.rate.limited} counts the refused actions of all limiters. Safe for use
 * by several threads.
 */
public final class RateLimiter {

	// Each bucket takes a few hundred bytes, because only the hash of its key is stored.
	// A key that was evicted starts with a full bucket, so an attacker needs this many
	// accounts or addresses to evict one.
	private static final int MAX_BUCKETS = 50_000;

	private final LoadingCache<ByteBuffer, Bucket> buckets;

	private final Counter refused;

	/**
	 * Creates a limiter with full buckets.
	 * @param permits the permits of each key
	 * @param window the time in which all permits of a key come back
	 * @param meters counts the refused calls
	 */
	public RateLimiter(int permits, Duration window, MeterRegistry meters) {
		this.refused = Counter.builder("security.rate.limited")
			.description("Attempts that were refused because a client made too many")
			.register(meters);
		// After an idle window a bucket is full again, so it need not be stored.
		this.buckets = Caffeine.newBuilder()
			.maximumSize(MAX_BUCKETS)
			.expireAfterAccess(window)
			.build((key) -> Bucket.builder()
				.addLimit((limit) -> limit.capacity(permits).refillGreedy(permits, window))
				.build());
	}

	/**
	 * Takes a permit, if one is left.
	 * @return empty if there was a permit; otherwise how long it takes until there is one
	 */
	public Optional<Duration> tryAcquire(String key) {
		ConsumptionProbe probe = bucket(key).tryConsumeAndReturnRemaining(1);
		if (probe.isConsumed()) {
			return Optional.empty();
		}
		this.refused.increment();
		return Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
	}

	/** Gives a permit back to a key. */
	public void refund(String key) {
		bucket(key).addTokens(1);
	}

	/** Gives all permits back to a key. */
	public void reset(String key) {
		this.buckets.invalidate(hash(key));
	}

	private Bucket bucket(String key) {
		return this.buckets.get(hash(key));
	}

	private static ByteBuffer hash(String key) {
		try {
			return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
