package com.foobar.web.limit;

import java.time.Duration;

import com.foobar.database.Deadline;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** Tests how long a thread waits at most for a permit. */
class BulkheadTests {

	@Test
	void waitEndsAtTheDeadline() {
		var bulkhead = new Bulkhead(1, Duration.ofMinutes(1));
		assertThat(bulkhead.tryAcquire()).isTrue();
		assertTimeoutPreemptively(Duration.ofSeconds(10),
				() -> assertThat(
						Deadline.after(Duration.ofMillis(50)).<Boolean, RuntimeException>call(bulkhead::tryAcquire))
					.isFalse());
		bulkhead.release();
		assertThat(bulkhead.tryAcquire()).isTrue();
	}

	@Test
	void waitEndsAfterTheLongestWait() {
		var bulkhead = new Bulkhead(1, Duration.ofMillis(1));
		assertThat(bulkhead.tryAcquire()).isTrue();
		assertThat(bulkhead.tryAcquire()).isFalse();
	}

}
