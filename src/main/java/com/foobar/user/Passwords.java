package com.foobar.user;

import java.util.UUID;
import java.util.function.Supplier;

import com.foobar.web.limit.Bulkhead;
import com.foobar.web.limit.BulkheadFullException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Component;

/**
 * Hashes passwords with Argon2id. At most {@code foobar.password.max-concurrent} calls
 * hash at the same time, so that many sign-ins exhaust neither the memory nor the
 * processors. Hashing never blocks, so virtual threads would not limit it. Safe for use
 * by several threads.
 *
 * <p>
 * Calls wait in order of arrival, at most {@code foobar.password.timeout} and not beyond
 * the request's deadline. Spring's {@code @ConcurrencyLimit} has no such timeout. Do not
 * call this class in a transaction: waiting calls would occupy database connections.
 */
@Component
class Passwords {

	private static final int SALT_BYTES = 16;

	private static final int HASH_BYTES = 32;

	private final PasswordEncoder encoder;

	private final Bulkhead bulkhead;

	private final String dummyHash;

	@Autowired
	Passwords(PasswordProperties properties) {
		this(properties, new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, 1,
				Math.toIntExact(properties.memory().toKilobytes()), properties.passes()));
	}

	Passwords(PasswordProperties properties, PasswordEncoder encoder) {
		this.encoder = encoder;
		this.bulkhead = new Bulkhead(properties.maxConcurrent(), properties.timeout());
		this.dummyHash = hash(UUID.randomUUID().toString());
	}

	/**
	 * Returns the hash of a password.
	 * @throws BulkheadFullException if the wait was too long
	 */
	String hash(String password) {
		return withPermit(() -> String.valueOf(this.encoder.encode(password)));
	}

	/**
	 * Whether a password matches a hash. Without a hash, the comparison takes as long, so
	 * that the time does not tell whether an account exists.
	 * @throws BulkheadFullException if the wait was too long
	 */
	boolean matches(String password, @Nullable String hash) {
		String compared = (hash != null) ? hash : this.dummyHash;
		return withPermit(() -> this.encoder.matches(password, compared)) && hash != null;
	}

	/** Whether a hash needed less memory or fewer passes than new ones do. */
	boolean isOutdated(String hash) {
		return this.encoder.upgradeEncoding(hash);
	}

	private <T> T withPermit(Supplier<T> work) {
		if (!this.bulkhead.tryAcquire()) {
			throw new BulkheadFullException("Too many passwords are hashed at once");
		}
		try {
			return work.get();
		}
		finally {
			this.bulkhead.release();
		}
	}

}
