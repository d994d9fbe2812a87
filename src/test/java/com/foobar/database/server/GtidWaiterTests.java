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

/** Waits for a position on one server. */
class GtidWaiterTests {

	private static final Duration LONG = Duration.ofSeconds(5);

	private final StubServer server = new StubServer("server").has("u:1-9");

	private final AtomicInteger questions = new AtomicInteger();

	private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

	private final GtidWaiter catchUp = new GtidWaiter(this::ask, this.executor);

	@AfterEach
	void stop() {
		this.executor.shutdownNow();
	}

	private GtidSet ask(GtidSet position, Duration timeout) {
		this.questions.incrementAndGet();
		this.server.await(position, timeout);
		return this.server.executed().orElseThrow();
	}

	@Test
	void aPositionThatIsThereIsNotWaitedFor() {
		assertThat(await("u:1-9", LONG)).isTrue();
	}

	@Test
	void aPositionThatComesIsWaitedFor() {
		later(50, "u:10");
		assertThat(await("u:1-10", LONG)).isTrue();
	}

	@Test
	void aPositionThatDoesNotComeInTimeIsGivenUp() {
		long began = System.nanoTime();
		assertThat(await("u:1-10", Duration.ofMillis(100))).isFalse();
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofMillis(95),
				Duration.ofMillis(400));
	}

	@Test
	void thoseWhoWaitForTheSameShareAQuestion() {
		var waits = IntStream.range(0, 50).mapToObj((i) -> start("u:1-10", LONG)).toList();
		later(200, "u:10");
		assertThat(waits).allSatisfy((wait) -> assertThat(wait).succeedsWithin(LONG).isEqualTo(true));
		// One every 20 ms.
		assertThat(this.questions).hasValueBetween(1, 20);
	}

	@Test
	void aPositionThatNeverComesKeepsNobodyElse() {
		CompletableFuture<Boolean> inVain = start("gone:1", Duration.ofSeconds(2));
		later(20, "u:10");
		assertThat(await("u:1-10", Duration.ofMillis(200))).isTrue();
		assertThat(inVain).isNotDone();
	}

	@Test
	void aServerThatDoesNotAnswerIsNotWaitedFor() {
		var broken = new GtidWaiter((position, timeout) -> {
			throw new SQLException("gone");
		}, this.executor);
		long began = System.nanoTime();
		assertThat(broken.await(GtidSet.parse("u:1"), LONG)).isFalse();
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(1));
	}

	private boolean await(String position, Duration patience) {
		return this.catchUp.await(GtidSet.parse(position), patience);
	}

	private CompletableFuture<Boolean> start(String position, Duration patience) {
		return CompletableFuture.supplyAsync(() -> await(position, patience), this.executor);
	}

	private void later(int millis, String transactions) {
		CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(() -> this.server.has(transactions));
	}

}
