package com.foobar.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.foobar.load.Event;
import com.foobar.load.Event.Kind;
import com.foobar.load.Load;
import org.awaitility.Awaitility;

/**
 * People who read and write through the balancers, in a container beside the lab's
 * servers: what happens to those does not happen to it.
 */
final class Traffic implements AutoCloseable {

	// A test that forgets it does not leave it there for ever.
	private static final Duration LIMIT = Duration.ofMinutes(15);

	// What the four who write do in a second or two.
	private static final int SOME = 30;

	private final String run = "load-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);

	private final Queue<Event> events = new ConcurrentLinkedQueue<>();

	private final Process client;

	private final Thread reading;

	// Whom the site cuts off is to say so: Java would ask again, and nobody learn of it.
	private Traffic(String authorities) {
		List<String> command = List.of("docker", "run", "--rm", "--interactive", "--name", this.run, "--network",
				"foobar-lab", "--label", "foobar-lab", "--add-host", "www.foobar.test:" + Lab.ADDRESS, "--env",
				"AUTHORITY=" + authorities, "--volume",
				Path.of("target/lab/test-classes").toAbsolutePath() + ":/load:ro", "--entrypoint", "java",
				"foobar/server", "-Xmx128m", "-XX:TieredStopAtLevel=1", "-Djdk.httpclient.redirects.retrylimit=1",
				"-Djdk.httpclient.disableRetryConnect=true", "-cp", "/load", Load.class.getName(), Client.SITE,
				this.run, String.valueOf(LIMIT.toSeconds()));
		try {
			this.client = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.reading = Thread.startVirtualThread(this::read);
	}

	/** What people were told before, during and after that. */
	static Journal during(Runnable work) {
		return during(work, Lab.on("control", "cat", "/root/secrets/authority.pem"));
	}

	/** The same for people who trust another authority as well. */
	static Journal during(Runnable work, String authorities) {
		try (var traffic = new Traffic(authorities)) {
			traffic.awaitWrites();
			long fault = System.currentTimeMillis();
			work.run();
			traffic.awaitWrites();
			traffic.stop();
			return new Journal(traffic.run, fault, List.copyOf(traffic.events));
		}
	}

	/** Returns when some more were acknowledged. */
	private void awaitWrites() {
		long enough = writes() + SOME;
		Awaitility.await("writes to be acknowledged, again")
			.atMost(Duration.ofSeconds(90))
			.until(() -> writes() >= enough);
	}

	private long writes() {
		return this.events.stream().filter((event) -> event.kind() == Kind.WRITTEN).count();
	}

	// It ends with its input, when what it has sent is answered.
	private void stop() {
		try {
			this.client.getOutputStream().close();
			if (!this.reading.join(Duration.ofSeconds(60)) || this.client.waitFor() != 0) {
				throw new IllegalStateException("The client did not end well: see what it printed");
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private void read() {
		try (BufferedReader lines = this.client.inputReader(StandardCharsets.UTF_8)) {
			lines.lines().map(Event::parse).forEach(this.events::add);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		// Docker's client hands the signal on.
		this.client.destroy();
	}

}
