package com.foobar.database.server;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.foobar.database.topology.GtidSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests {@link GtidWaiter} with a {@link StubServer}. */
class GtidWaiterTests {

	private static final Duration LONG = Duration.ofSeconds(5);

	private final StubServer server = new StubServer("server").addExecuted("u:1-9");

	private final AtomicInteger queries = new AtomicInteger();

	private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

	private final GtidWaiter waiter = new GtidWaiter(this::query, this.executor);

	@AfterEach
	void stop() {
		this.executor.shutdownNow();
	}

	private GtidSet query(GtidSet position, Duration timeout) {
		this.queries.incrementAndGet();
		this.server.await(position, timeout);
		return this.server.executed().orElseThrow();
	}

	@Test
	void executedPositionIsFound() {
		assertThat(await("u:1-9", LONG)).isTrue();
	}

	@Test
	void laterPositionIsAwaited() {
		executeLater(50, "u:10");
		assertThat(await("u:1-10", LONG)).isTrue();
	}

	@Test
	void missingPositionTimesOut() {
		long began = System.nanoTime();
		assertThat(await("u:1-10", Duration.ofMillis(100))).isFalse();
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofMillis(95),
				Duration.ofMillis(400));
	}

	@Test
	void waitsForTheSamePositionShareQueries() {
		var waits = IntStream.range(0, 50).mapToObj((i) -> awaitAsync("u:1-10", LONG)).toList();
		executeLater(200, "u:10");
		assertThat(waits).allSatisfy((wait) -> assertThat(wait).succeedsWithin(LONG).isEqualTo(true));
		// The waiter sends one query every 20 ms.
		assertThat(this.queries).hasValueBetween(1, 20);
	}

	@Test
	void missingPositionDoesNotDelayOtherWaits() {
		CompletableFuture<Boolean> missing = awaitAsync("gone:1", Duration.ofSeconds(2));
		executeLater(20, "u:10");
		assertThat(await("u:1-10", Duration.ofMillis(200))).isTrue();
		assertThat(missing).isNotDone();
	}

	@Test
	void failedQueryEndsTheWait() {
		var broken = new GtidWaiter((position, timeout) -> {
			throw new SQLException("gone");
		}, this.executor);
		long began = System.nanoTime();
		assertThat(broken.await(GtidSet.parse("u:1"), LONG)).isFalse();
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
	}

	private boolean await(String position, Duration timeout) {
		return this.waiter.await(GtidSet.parse(position), timeout);
	}

	private CompletableFuture<Boolean> awaitAsync(String position, Duration timeout) {
		return CompletableFuture.supplyAsync(() -> await(position, timeout), this.executor);
	}

	private void executeLater(int millis, String transactions) {
		CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS)
			.execute(() -> this.server.addExecuted(transactions));
	}

}
