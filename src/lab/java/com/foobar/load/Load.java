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
 * Runs a steady load: four writers with together 20 requests a second, four readers with
 * 40, and 10 new connections a second. Half of the writers and readers use HTTP/2, the
 * others HTTP/1.1. The load is below the maximum, because the test measures the effect of
 * faults on visitors, and the database servers run on the same machine.
 */
public final class Load {

	private static final int CLIENTS = 4;

	private Load() {
	}

	/**
	 * Runs until the standard input ends, but at most for the given time.
	 * @param args the site's URL, a name that no run had before, and the time in seconds.
	 * The environment variable AUTHORITY can contain the certificate of the site's
	 * certificate authority.
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
		return (authority != null) ? Trust.only(authority) : Trust.jdkDefault();
	}

	/** Starts all clients, and returns when they have ended after the run's end. */
	static void perform(Run run, String address, Trust trust, String name) {
		var appliedArticle = new AtomicReference<>("");
		Stream<Runnable> readersAndWriters = IntStream.rangeClosed(1, CLIENTS).boxed().flatMap((number) -> {
			var site = new Site(address, (number % 2 == 0) ? Version.HTTP_2 : Version.HTTP_1_1, trust);
			return Stream.of(new Writer(run, site, name + "-w" + number, appliedArticle),
					new Reader(run, site, appliedArticle));
		});
		Stream<Runnable> clients = Stream.concat(readersAndWriters,
				Stream.of(new NewConnectionClient(run, address, trust)));
		try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
			CompletableFuture
				.allOf(clients.map((client) -> CompletableFuture.runAsync(client, executor))
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
