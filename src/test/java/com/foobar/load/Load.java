package com.foobar.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Four who write, twenty times a second together, and four who read, forty times. Not as
 * fast as they can: what is looked for is what a fault does to visitors, and the machine
 * has servers to carry.
 */
public final class Load {

	private static final int PEOPLE = 4;

	private Load() {
	}

	/**
	 * Runs until the standard input ends, and at most for so long.
	 * @param args the site's address, a name that no run had before, and seconds
	 */
	public static void main(String[] args) {
		var run = new Run(System.out);
		Thread.ofPlatform().daemon().start(() -> {
			drain(System.in);
			run.end();
		});
		Thread.ofPlatform().daemon().start(() -> {
			run.pause(Duration.ofSeconds(Long.parseLong(args[2])));
			run.end();
		});
		perform(run, new Site(args[0]), args[1]);
	}

	/** Lets everybody in, and returns when they have left after the run's end. */
	static void perform(Run run, Site site, String name) {
		var discussed = new AtomicReference<>("");
		Stream<Runnable> people = IntStream.rangeClosed(1, PEOPLE)
			.boxed()
			.flatMap((number) -> Stream.of(new Writer(run, site, name + "-w" + number, discussed),
					new Reader(run, site, discussed)));
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			CompletableFuture
				.allOf(people.map((person) -> CompletableFuture.runAsync(person, executor))
					.toArray(CompletableFuture<?>[]::new))
				.join();
		}
	}

	private static void drain(InputStream input) {
		try {
			input.transferTo(OutputStream.nullOutputStream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
