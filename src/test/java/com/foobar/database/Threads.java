package com.foobar.database;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Runs work in several threads. A call fails if the work fails in any of them. */
public final class Threads {

	private Threads() {
	}

	/**
	 * Runs the work once in each thread and waits until all threads have ended. The work
	 * gets the number of its thread, from 1.
	 */
	public static void run(int threads, IntConsumer work) {
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			CompletableFuture
				.allOf(IntStream.rangeClosed(1, threads)
					.mapToObj((number) -> CompletableFuture.runAsync(() -> work.accept(number), executor))
					.toArray(CompletableFuture<?>[]::new))
				.join();
		}
	}

	/** Repeats an action in one thread until the work is done. */
	static void repeatDuring(Runnable repeated, Runnable work) {
		repeatDuring(1, repeated, work);
	}

	/** Repeats an action in several threads until the work is done. */
	static void repeatDuring(int threads, Runnable repeated, Runnable work) {
		var running = new AtomicBoolean(true);
		run(threads + 1, (number) -> {
			if (number > threads) {
				runAndStop(work, running);
			}
			while (running.get()) {
				repeated.run();
			}
		});
	}

	private static void runAndStop(Runnable work, AtomicBoolean running) {
		try {
			work.run();
		}
		finally {
			running.set(false);
		}
	}

	/**
	 * Runs the work in a new thread, so in a transaction of its own, and waits for its
	 * end.
	 */
	public static void runInNewThread(Runnable work) {
		run(1, (number) -> work.run());
	}

}
