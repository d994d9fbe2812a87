package com.foobar.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.foobar.FoobarApplication;
import com.foobar.database.MySqlServers;
import org.awaitility.Awaitility;

/** Runs the site in its own process with its own heap, as in production. */
final class SiteProcess implements AutoCloseable {

	// Matches the used megabytes before and after a collection in the garbage collector's
	// log.
	private static final Pattern COLLECTION = Pattern.compile("(\\d+)M->(\\d+)M\\(");

	private final int port;

	private final Path log;

	private final Path collections;

	private final Process process;

	private SiteProcess(int port, Path log, Path collections, Process process) {
		this.port = port;
		this.log = log;
		this.collections = collections;
		this.process = process;
	}

	/**
	 * Starts the site and waits at most 90 s until it is ready.
	 * @param name the name of the log files in target
	 * @param heap the largest heap, in the format of -Xmx
	 */
	static SiteProcess start(String name, String heap, List<String> settings) {
		int port = MySqlServers.freePort();
		Path log = Path.of("target", name + ".log").toAbsolutePath();
		Path collections = Path.of("target", name + "-gc.log").toAbsolutePath();
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + heap,
				"-XX:+ExitOnOutOfMemoryError", "-Xlog:gc:file=" + collections, "-classpath",
				System.getProperty("java.class.path"), FoobarApplication.class.getName(), "--server.port=" + port));
		settings.stream().map((setting) -> "--" + setting).forEach(command::add);
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(log.toFile())
				.start();
			// The hook ends the process even if close() is not called.
			Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
			var site = new SiteProcess(port, log, collections, process);
			site.awaitReady();
			return site;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void awaitReady() {
		try (HttpClient client = HttpClient.newHttpClient()) {
			HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/readyz")).build();
			Awaitility.await("the site is ready; its log is " + this.log)
				.atMost(Duration.ofSeconds(90))
				.failFast("the process has ended", () -> !this.process.isAlive())
				.ignoreExceptionsInstanceOf(IOException.class)
				.until(() -> client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200);
		}
	}

	String url() {
		return "http://localhost:" + this.port;
	}

	boolean isAlive() {
		return this.process.isAlive();
	}

	/** Returns the last line of the log. */
	String lastLogLine() {
		return lines(this.log).getLast();
	}

	/** Returns a description of the largest use of the heap. */
	String heap() {
		List<int[]> used = lines(this.collections).stream()
			.flatMap((line) -> COLLECTION.matcher(line).results())
			.map((found) -> new int[] { Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2)) })
			.toList();
		return "%d MB in use at most, %d MB after a collection at most, %d collections".formatted(
				used.stream().mapToInt((collection) -> collection[0]).max().orElse(0),
				used.stream().mapToInt((collection) -> collection[1]).max().orElse(0), used.size());
	}

	private static List<String> lines(Path file) {
		try (Stream<String> lines = Files.lines(file)) {
			return lines.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().join();
	}

}
