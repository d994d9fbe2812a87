package com.foobar.database;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Runs work in several threads. A failure in one of them fails the whole call. */
public final class Crowd {

	private Crowd() {
	}

	/** Runs the work once in each thread, numbered from 1, and waits for all of them. */
	public static void together(int threads, IntConsumer work) {
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			CompletableFuture
				.allOf(IntStream.rangeClosed(1, threads)
					.mapToObj((number) -> CompletableFuture.runAsync(() -> work.accept(number), executor))
					.toArray(CompletableFuture<?>[]::new))
				.join();
		}
	}

	/** Repeats one action in one thread until the work is done. */
	static void meanwhile(Runnable repeated, Runnable work) {
		meanwhile(1, repeated, work);
	}

	/** Repeats one action in several threads until the work is done. */
	static void meanwhile(int threads, Runnable repeated, Runnable work) {
		var running = new AtomicBoolean(true);
		together(threads + 1, (number) -> {
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

	/** Runs the work in its own thread, and so in its own transaction. */
	public static void inNewThread(Runnable work) {
		together(1, (number) -> work.run());
	}

}
