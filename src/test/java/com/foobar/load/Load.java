package com.foobar.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Four who write, twenty times a second together, four who read, forty times, and ten a
 * second who come for the first time. Half of them speak HTTP/2, the others HTTP/1.1. Not
 * as fast as they can: what is looked for is what a fault does to visitors, and the
 * machine has servers to carry.
 */
public final class Load {

	private static final int PEOPLE = 4;

	private Load() {
	}

	/**
	 * Runs until the standard input ends, and at most for so long.
	 * @param args the site's address, a name that no run had before, and seconds; the
	 * authority of the site's certificate is in the environment, as AUTHORITY
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
		perform(run, args[0], trust(System.getenv("AUTHORITY")), args[1]);
	}

	private static Trust trust(@Nullable String authority) {
		return (authority != null) ? Trust.in(authority) : Trust.usual();
	}

	/** Lets everybody in, and returns when they have left after the run's end. */
	static void perform(Run run, String address, Trust trust, String name) {
		var discussed = new AtomicReference<>("");
		Stream<Runnable> regulars = IntStream.rangeClosed(1, PEOPLE).boxed().flatMap((number) -> {
			var site = new Site(address, (number % 2 == 0) ? Version.HTTP_2 : Version.HTTP_1_1, trust);
			return Stream.of(new Writer(run, site, name + "-w" + number, discussed), new Reader(run, site, discussed));
		});
		Stream<Runnable> people = Stream.concat(regulars, Stream.of(new Newcomer(run, address, trust)));
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
