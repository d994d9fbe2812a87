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
 * Hashes passwords: slowly, so that they are hard to guess, and few at once, so that many
 * who sign in neither fill the memory nor keep the processors from readers. Hashing never
 * pauses, so on virtual threads nothing else would stop it.
 *
 * <p>
 * Each waits for a turn, in the order they came. Spring's {@code @ConcurrencyLimit} would
 * have them wait for ever, or not at all. Never call this in a transaction: those who
 * wait would keep its connections from everybody else.
 */
@Component
class Passwords {

	private static final int SALT_BYTES = 16;

	private static final int HASH_BYTES = 32;

	private final PasswordEncoder encoder;

	private final Bulkhead bulkhead;

	private final String ofNobody;

	@Autowired
	Passwords(PasswordProperties properties) {
		this(properties, new Argon2PasswordEncoder(SALT_BYTES, HASH_BYTES, 1,
				Math.toIntExact(properties.memory().toKilobytes()), properties.passes()));
	}

	Passwords(PasswordProperties properties, PasswordEncoder encoder) {
		this.encoder = encoder;
		this.bulkhead = new Bulkhead(properties.atOnce(), properties.patience());
		this.ofNobody = hash(UUID.randomUUID().toString());
	}

	/**
	 * The hash to keep of a password.
	 * @throws BulkheadFullException if too many others came first
	 */
	String hash(String password) {
		return inTurn(() -> String.valueOf(this.encoder.encode(password)));
	}

	/**
	 * Whether a password is the one that was hashed. Where there is no hash, finding that
	 * it is not takes as long, so that time tells nobody whom we know.
	 * @throws BulkheadFullException if too many others came first
	 */
	boolean matches(String password, @Nullable String hash) {
		String compared = (hash != null) ? hash : this.ofNobody;
		return inTurn(() -> this.encoder.matches(password, compared)) && hash != null;
	}

	/** Whether a hash was cheaper than new ones are. */
	boolean isOutdated(String hash) {
		return this.encoder.upgradeEncoding(hash);
	}

	private <T> T inTurn(Supplier<T> work) {
		if (!this.bulkhead.tryEnter()) {
			throw new BulkheadFullException("Too many passwords are hashed at once");
		}
		try {
			return work.get();
		}
		finally {
			this.bulkhead.leave();
		}
	}

}
