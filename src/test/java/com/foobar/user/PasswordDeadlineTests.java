package com.foobar.user;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import com.foobar.database.Deadline;
import com.foobar.web.limit.BulkheadFullException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests that the wait for a hash ends at the deadline of the request. */
class PasswordDeadlineTests {

	@Test
	void waitEndsWithTheDeadline() {
		var encoder = new BlockingEncoder();
		var passwords = new Passwords(new PasswordProperties(DataSize.ofMegabytes(19), 2, 1, Duration.ofMinutes(1)),
				encoder);
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			Future<String> first = executor.submit(() -> passwords.hash(BlockingEncoder.SLOW));
			Awaitility.await().until(encoder.started::get);
			try {
				assertThatExceptionOfType(BulkheadFullException.class)
					.isThrownBy(() -> Deadline.after(Duration.ofMillis(50)).call(() -> passwords.hash("password1")));
			}
			finally {
				encoder.end.countDown();
			}
			assertThat(first).succeedsWithin(Duration.ofSeconds(10));
		}
	}

	/**
	 * Blocks while it hashes the password {@link #SLOW}, until the test releases it or 20
	 * seconds have passed.
	 */
	private static final class BlockingEncoder implements PasswordEncoder {

		static final String SLOW = "slow";

		final AtomicBoolean started = new AtomicBoolean();

		final CountDownLatch end = new CountDownLatch(1);

		@Override
		public String encode(CharSequence password) {
			if (SLOW.contentEquals(password)) {
				this.started.set(true);
				try {
					// This limit is much shorter than the timeout of the waiting request.
					this.end.await(20, TimeUnit.SECONDS);
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
			}
			return "hash";
		}

		@Override
		public boolean matches(CharSequence password, String hash) {
			return false;
		}

	}

}
