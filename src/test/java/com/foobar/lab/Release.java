package com.foobar.lab;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Another jar than the one that runs.
 *
 * @param jar where it lies, for whoever operates the lab
 */
record Release(String jar) {

	private static final Path BUILT = Path.of("target/foobar.jar");

	/** One that does the same and is none that was there before. */
	static Release other() {
		return made("other.jar", Release::comment);
	}

	/** One that starts, and says of itself that it is not ready for visitors. */
	static Release broken() {
		return made("broken.jar", Release::hideReadiness);
	}

	private static Release made(String name, Change change) {
		try {
			Path jar = Files.createDirectories(Path.of("target/lab")).resolve(name);
			Files.copy(BUILT, jar, StandardCopyOption.REPLACE_EXISTING);
			change.to(jar);
			return new Release("/srv/foobar/" + jar);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	// A zip file ends with the length of its comment, and the comment.
	private static void comment(Path jar) throws IOException {
		byte[] comment = String.valueOf(System.nanoTime()).getBytes(StandardCharsets.US_ASCII);
		try (var file = new RandomAccessFile(jar.toFile(), "rw")) {
			file.seek(file.length() - 2);
			file.write(new byte[] { (byte) comment.length, 0 });
			file.write(comment);
		}
	}

	private static void hideReadiness(Path jar) throws IOException {
		try (FileSystem files = FileSystems.newFileSystem(jar)) {
			Files.writeString(files.getPath("BOOT-INF/classes/application.yaml"),
					"\n---\nmanagement.endpoint.health.probes.add-additional-paths: false\n",
					StandardOpenOption.APPEND);
		}
	}

	@FunctionalInterface
	private interface Change {

		void to(Path jar) throws IOException;

	}

}
