package com.foobar.site;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.foobar.database.MySqlServers;
import org.awaitility.Awaitility;
import org.flywaydb.core.api.MigrationVersion;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Builds the last version of the site without the newest MySQL migrations from git, and
 * runs it in its own process.
 */
final class PreviousVersion implements AutoCloseable {

	// This is the newest migration of the previous release.
	private static final MigrationVersion RELEASED = MigrationVersion.fromVersion("6");

	private static final String MIGRATIONS = "src/main/resources/db/migration";

	// The folders exclude the migrations of the embedded database, because two versions
	// never share that database.
	private static final String[] FOLDERS = { MIGRATIONS + "/common", MIGRATIONS + "/mysql" };

	private final int port;

	private final Path log;

	private final Process process;

	private PreviousVersion(int port, Path log, Process process) {
		this.port = port;
		this.log = log;
		this.process = process;
	}

	/**
	 * Returns the hash of the last commit without any of the migrations after
	 * {@link #RELEASED}.
	 */
	static String commit() {
		assertThat(git("rev-parse", "--is-shallow-repository"))
			.as("The test builds the previous version from git, and this folder is no clone with the full history. "
					+ "In a shallow clone, run: git fetch --unshallow")
			.isEqualTo("false");
		String[] added = git(Stream
			.concat(Stream.of("log", "--reverse", "--topo-order", "--diff-filter=A", "--format=%H", "--"), unreleased())
			.toArray(String[]::new)).split("\n");
		// If no commit has added them, none of the migrations is committed yet.
		return git("rev-parse", added[0].isEmpty() ? "HEAD" : added[0] + "^");
	}

	private static Stream<String> unreleased() {
		List<String> migrations = Stream.of(FOLDERS)
			.flatMap((folder) -> Stream.of(Objects.requireNonNull(new File(folder).listFiles())))
			.filter((file) -> version(file.getName()).compareTo(RELEASED) > 0)
			.map(File::getPath)
			.toList();
		assertThat(migrations).as("the migrations after the one in RELEASED").isNotEmpty();
		return migrations.stream();
	}

	private static MigrationVersion version(String file) {
		return MigrationVersion.fromVersion(file.substring(1, file.indexOf("__")).replace('_', '.'));
	}

	/**
	 * Builds the commit and returns the path of its jar file. Uses the jar file of an
	 * earlier build if there is one.
	 */
	static Path build(String commit) {
		Path folder = Path.of("target", "before", commit);
		Path jar = folder.resolve("target/foobar.jar");
		if (!Files.exists(jar)) {
			String source = folder.resolve("source.tar").toString();
			create(folder);
			output(List.of("git", "archive", "--output=" + source, commit));
			output(List.of("tar", "--extract", "--file=" + source, "--directory=" + folder));
			output(List.of("mvn", "-B", "-q", "--file", folder.resolve("pom.xml").toString(), "-Dmaven.test.skip=true",
					"package"));
		}
		return jar;
	}

	private static void create(Path folder) {
		try {
			Files.createDirectories(folder);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Starts the version without migrations, as in production, and waits at most 60 s
	 * until it is ready. Throws an {@link IllegalStateException} if it is not.
	 */
	static PreviousVersion start(Path jar, List<String> settings) {
		int port = MySqlServers.freePort();
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString(),
						"--server.port=" + port, "--management.server.port=0", "--spring.flyway.enabled=false"));
		settings.stream().map((setting) -> "--" + setting).forEach(command::add);
		Path log = jar.resolveSibling("foobar.log");
		try {
			var builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
			Process process = builder.start();
			// The hook ends the process even if close() is not called.
			Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
			var version = new PreviousVersion(port, log, process);
			version.awaitReady();
			return version;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void awaitReady() {
		try {
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.failFast("the process has ended", () -> !this.process.isAlive())
				.ignoreExceptionsInstanceOf(IOException.class)
				.until(this::isReady);
		}
		catch (Exception ex) {
			close();
			throw new IllegalStateException("The previous version did not start. Its log is " + this.log, ex);
		}
	}

	private boolean isReady() throws IOException, InterruptedException {
		try (HttpClient client = HttpClient.newHttpClient()) {
			HttpRequest request = HttpRequest.newBuilder(URI.create(url() + "/readyz")).build();
			return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
		}
	}

	String url() {
		return "http://localhost:" + this.port;
	}

	@Override
	public void close() {
		this.process.destroyForcibly().onExit().join();
	}

	// Returns an empty text if git fails or is not installed.
	private static String git(String... arguments) {
		try {
			return output(Stream.concat(Stream.of("git"), Stream.of(arguments)).toList());
		}
		catch (IllegalStateException | UncheckedIOException ex) {
			return "";
		}
	}

	private static String output(List<String> command) {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
			if (process.onExit().join().exitValue() != 0) {
				throw new IllegalStateException("%s failed:%n%s".formatted(String.join(" ", command), output));
			}
			return output;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
