package com.foobar.database.server;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SingleFlightTests {

	@Test
	void callsDuringAQueryShareTheNextOne() {
		var queries = new AtomicInteger();
		var begun = new Semaphore(0);
		var mayEnd = new Semaphore(0);
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			var singleFlight = new SingleFlight<>(() -> {
				begun.release();
				mayEnd.acquireUninterruptibly();
				return queries.incrementAndGet();
			}, executor);
			CompletableFuture<Integer> first = singleFlight.call();
			begun.acquireUninterruptibly();
			var others = IntStream.range(0, 100).mapToObj((i) -> singleFlight.call()).toList();
			assertThat(first).isNotDone();
			mayEnd.release(2);
			assertThat(first.join()).isOne();
			assertThat(others).allSatisfy((other) -> assertThat(other.join()).isEqualTo(2));
		}
	}

	@Test
	void failedQueryIsRetriedForTheNextCall() {
		var queries = new AtomicInteger();
		var singleFlight = new SingleFlight<>(() -> {
			if (queries.incrementAndGet() == 1) {
				throw new IllegalStateException("first query");
			}
			return "result";
		}, Runnable::run);
		assertThat(singleFlight.call()).isCompletedExceptionally();
		assertThat(singleFlight.call()).isCompletedWithValue("result");
	}

}
