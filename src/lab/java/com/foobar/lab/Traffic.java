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
 * Runs the load client in a container beside the lab's servers, and collects its events.
 * What happens to the servers does not affect the container.
 */
final class Traffic implements AutoCloseable {

	// The client ends after this time even if the test does not stop it.
	private static final Duration LIMIT = Duration.ofMinutes(30);

	// The four writers need one or two seconds for so many writes.
	private static final int WRITES_TO_AWAIT = 30;

	private final String run = "load-" + Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);

	private final Queue<Event> events = new ConcurrentLinkedQueue<>();

	private final Process client;

	private final Thread outputReader;

	// The properties jdk.httpclient.* stop Java from repeating a request whose connection
	// the site closed. Otherwise the load client would not record such a failure.
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
		this.outputReader = Thread.startVirtualThread(this::readEvents);
	}

	/**
	 * Runs the work under load, and returns the events before, during and after it.
	 * Before and after the work it waits until more writes are acknowledged, for 90
	 * seconds each at most.
	 */
	static LoadEvents during(Runnable work) {
		return during(work, Lab.on("control", "cat", Lab.CA_CERTIFICATE));
	}

	/**
	 * Does the same with clients that trust only the given authorities.
	 * @param authorities certificates in PEM
	 */
	static LoadEvents during(Runnable work, String authorities) {
		try (var traffic = new Traffic(authorities)) {
			traffic.awaitWrites();
			long fault = System.currentTimeMillis();
			work.run();
			traffic.awaitWrites();
			traffic.stop();
			return new LoadEvents(traffic.run, fault, List.copyOf(traffic.events));
		}
	}

	/** Waits until more writes are acknowledged, for 90 seconds at most. */
	private void awaitWrites() {
		long enough = writes() + WRITES_TO_AWAIT;
		Awaitility.await(WRITES_TO_AWAIT + " more writes are acknowledged")
			.atMost(Duration.ofSeconds(90))
			.until(() -> writes() >= enough);
	}

	private long writes() {
		return this.events.stream().filter((event) -> event.kind() == Kind.WRITTEN).count();
	}

	// The client ends when its input ends and the site has answered all its requests.
	private void stop() {
		try {
			this.client.getOutputStream().close();
			if (!this.outputReader.join(Duration.ofSeconds(60)) || this.client.waitFor() != 0) {
				throw new IllegalStateException("The load client failed or did not end: see its output");
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

	private void readEvents() {
		try (BufferedReader lines = this.client.inputReader(StandardCharsets.UTF_8)) {
			lines.lines().map(Event::parse).forEach(this.events::add);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		// The docker command passes the signal on to the container.
		this.client.destroy();
	}

}
