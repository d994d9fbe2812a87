package com.foobar.user;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.foobar.web.limit.BulkheadFullException;
import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests the cost of hashing, and the limit on concurrent hashes. */
class PasswordsTests {

	private static final DataSize MEMORY = DataSize.ofMegabytes(19);

	private static final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	@Test
	void hashNeedsTheConfiguredMemoryAndTime() {
		var passwords = new Passwords(properties(1, Duration.ofSeconds(30)));
		String hash = passwords.hash("password1");
		long allocated = thread.getCurrentThreadAllocatedBytes();
		passwords.matches("password1", hash);
		DataSize memory = DataSize.ofBytes(thread.getCurrentThreadAllocatedBytes() - allocated);
		Duration time = medians(() -> passwords.matches("password1", hash)).getFirst();
		System.out.printf("One hash takes %d ms of processor time and %d MiB (expected: at least 10 ms and 19 MiB)%n",
				time.toMillis(), memory.toMegabytes());
		assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
		assertThat(memory).isBetween(MEMORY, DataSize.ofMegabytes(24));
		assertThat(time).isBetween(Duration.ofMillis(10), Duration.ofSeconds(2));
	}

	@Test
	void unknownUserTakesAsLongAsAWrongPassword() {
		var passwords = new Passwords(properties(1, Duration.ofSeconds(30)));
		String hash = passwords.hash("password1");
		List<Duration> times = medians(() -> passwords.matches("password2", hash),
				() -> passwords.matches("password2", null));
		long wrong = times.getFirst().toNanos() / 1000;
		long unknown = times.getLast().toNanos() / 1000;
		System.out.printf("Processor time: %d us for a wrong password, %d us for an unknown email%n", wrong, unknown);
		assertThat(passwords.matches("password2", null)).isFalse();
		assertThat((double) unknown / wrong).isBetween(0.7, 1.4);
	}

	@Test
	void limitsConcurrentHashes() throws Exception {
		var encoder = new CountingEncoder(new Argon2PasswordEncoder(16, 32, 1, 1024, 1));
		var passwords = new Passwords(properties(2, Duration.ofSeconds(30)), encoder);
		for (Future<Boolean> matched : runConcurrently(200,
				() -> passwords.matches("password1", passwords.hash("password1")))) {
			assertThat(matched.get()).isTrue();
		}
		assertThat(encoder.maximum).hasValue(2);
	}

	@Test
	void throwsIfTheWaitIsTooLong() throws Exception {
		var passwords = new Passwords(properties(1, Duration.ofMillis(1)));
		assertThat(runConcurrently(20, () -> passwords.hash("password1")))
			.anySatisfy((hash) -> assertThat(hash).failsWithin(Duration.ZERO)
				.withThrowableThat()
				.withCauseInstanceOf(BulkheadFullException.class))
			.anySatisfy((hash) -> assertThat(hash).succeedsWithin(Duration.ZERO).asString().startsWith("$argon2id$"));
	}

	@Test
	void outdatedHashStillMatches() {
		var passwords = new Passwords(properties(1, Duration.ofSeconds(30)));
		String cheaper = Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8().encode("password1");
		assertThat(passwords.matches("password1", cheaper)).isTrue();
		assertThat(passwords.isOutdated(cheaper)).isTrue();
		assertThat(passwords.isOutdated(passwords.hash("password1"))).isFalse();
	}

	private static PasswordProperties properties(int maxConcurrent, Duration timeout) {
		return new PasswordProperties(MEMORY, 2, maxConcurrent, timeout);
	}

	private static <T> List<Future<T>> runConcurrently(int count, Callable<T> work) throws InterruptedException {
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			return executor.invokeAll(IntStream.range(0, count).mapToObj((i) -> work).toList());
		}
	}

	// Returns the median time of each task. Measures processor time, because other
	// processes run too. Runs the tasks in turn, because the JVM warms up.
	private static List<Duration> medians(Runnable... tasks) {
		List<List<Duration>> rounds = IntStream.range(0, 21)
			.mapToObj((round) -> Stream.of(tasks).map(PasswordsTests::time).toList())
			.toList();
		return IntStream.range(0, tasks.length)
			.mapToObj((i) -> rounds.stream().map((times) -> times.get(i)).sorted().toList().get(10))
			.toList();
	}

	private static Duration time(Runnable work) {
		long start = thread.getCurrentThreadCpuTime();
		work.run();
		return Duration.ofNanos(thread.getCurrentThreadCpuTime() - start);
	}

	/** Records the maximum number of concurrent calls to {@link #encoder}. */
	private static final class CountingEncoder implements PasswordEncoder {

		private final PasswordEncoder encoder;

		private final AtomicInteger current = new AtomicInteger();

		private final AtomicInteger maximum = new AtomicInteger();

		private CountingEncoder(PasswordEncoder encoder) {
			this.encoder = encoder;
		}

		@Override
		public String encode(CharSequence password) {
			this.maximum.accumulateAndGet(this.current.incrementAndGet(), Math::max);
			try {
				return this.encoder.encode(password);
			}
			finally {
				this.current.decrementAndGet();
			}
		}

		@Override
		public boolean matches(CharSequence password, String hash) {
			this.maximum.accumulateAndGet(this.current.incrementAndGet(), Math::max);
			try {
				return this.encoder.matches(password, hash);
			}
			finally {
				this.current.decrementAndGet();
			}
		}

	}

}
