package com.foobar.web.limit;

import java.time.Duration;

import com.foobar.database.Deadline;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/** How long one waits for a permit. */
class BulkheadTests {

	@Test
	void nobodyWaitsLongerThanForTheirAnswer() {
		var bulkhead = new Bulkhead(1, Duration.ofMinutes(1));
		assertThat(bulkhead.tryEnter()).isTrue();
		assertTimeoutPreemptively(Duration.ofSeconds(10),
				() -> assertThat(
						Deadline.after(Duration.ofMillis(50)).<Boolean, RuntimeException>call(bulkhead::tryEnter))
					.isFalse());
		bulkhead.leave();
		assertThat(bulkhead.tryEnter()).isTrue();
	}

	@Test
	void nobodyWaitsLongerThanTheirPatience() {
		var bulkhead = new Bulkhead(1, Duration.ofMillis(1));
		assertThat(bulkhead.tryEnter()).isTrue();
		assertThat(bulkhead.tryEnter()).isFalse();
	}

}
