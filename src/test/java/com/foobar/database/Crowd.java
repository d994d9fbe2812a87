package com.foobar.database;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Many who do something at the same time. What fails for one of them fails for all. */
public final class Crowd {

	private Crowd() {
	}

	/** Returns when each of so many, numbered from 1, is done. */
	public static void together(int people, IntConsumer work) {
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			CompletableFuture
				.allOf(IntStream.rangeClosed(1, people)
					.mapToObj((number) -> CompletableFuture.runAsync(() -> work.accept(number), executor))
					.toArray(CompletableFuture<?>[]::new))
				.join();
		}
	}

	/** Does one thing over and over, until another one is done. */
	static void meanwhile(Runnable repeated, Runnable work) {
		meanwhile(1, repeated, work);
	}

	/** So many do one thing over and over, each for themselves, until another is done. */
	static void meanwhile(int people, Runnable repeated, Runnable work) {
		var running = new AtomicBoolean(true);
		together(people + 1, (number) -> {
			if (number > people) {
				finish(work, running);
			}
			while (running.get()) {
				repeated.run();
			}
		});
	}

	private static void finish(Runnable work, AtomicBoolean running) {
		try {
			work.run();
		}
		finally {
			running.set(false);
		}
	}

	/** Does it in a thread, and so in a transaction, of its own. */
	public static void apart(Runnable work) {
		together(1, (number) -> work.run());
	}

}
