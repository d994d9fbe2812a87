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
	void whoeverAsksDuringAQuestionSharesTheNextOne() {
		var asked = new AtomicInteger();
		var begun = new Semaphore(0);
		var mayEnd = new Semaphore(0);
		try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
			var shared = new SingleFlight<>(() -> {
				begun.release();
				mayEnd.acquireUninterruptibly();
				return asked.incrementAndGet();
			}, executor);
			CompletableFuture<Integer> first = shared.ask();
			begun.acquireUninterruptibly();
			var others = IntStream.range(0, 100).mapToObj((i) -> shared.ask()).toList();
			assertThat(first).isNotDone();
			mayEnd.release(2);
			assertThat(first.join()).isOne();
			assertThat(others).allSatisfy((other) -> assertThat(other.join()).isEqualTo(2));
		}
	}

	@Test
	void aQuestionThatFailsIsAskedAgain() {
		var asked = new AtomicInteger();
		var shared = new SingleFlight<>(() -> {
			if (asked.incrementAndGet() == 1) {
				throw new IllegalStateException("once");
			}
			return "answer";
		}, Runnable::run);
		assertThat(shared.ask()).isCompletedExceptionally();
		assertThat(shared.ask()).isCompletedWithValue("answer");
	}

}
