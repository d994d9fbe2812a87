package com.foobar.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodTransform;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A changed copy of the jar that was built.
 *
 * @param jar the jar's path, as deploy/lab's playbooks see it
 * @param name the release's name on the web servers
 */
record Release(String jar, String name) {

	private static final Path BUILT = Path.of("target/foobar.jar");

	/** Builds a release whose style sheet differs from that of every earlier release. */
	static Release other() {
		return build("other.jar", Release::restyle);
	}

	/** Builds a release that starts, but never reports that it is ready for visitors. */
	static Release broken() {
		return build("broken.jar", Release::hideReadiness);
	}

	/** Builds a release that reports that it is ready, but cannot read articles. */
	static Release failing() {
		return build("failing.jar", Release::failReading);
	}

	private static Release build(String name, Change change) {
		try {
			Path jar = Files.createDirectories(Path.of("target/releases")).resolve(name);
			Files.copy(BUILT, jar, StandardCopyOption.REPLACE_EXISTING);
			change.to(jar);
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar));
			return new Release("/srv/foobar/" + jar, HexFormat.of().formatHex(digest).substring(0, 12));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void restyle(Path jar) throws IOException {
		append(jar, "static/assets/site.css", "\n/* %d */\n".formatted(System.nanoTime()));
	}

	private static void hideReadiness(Path jar) throws IOException {
		append(jar, "application.yaml", "\n---\nmanagement.endpoint.health.probes.add-additional-paths: false\n");
	}

	// The API then responds with an error, and so do the pages that nginx has no earlier
	// copy of.
	private static void failReading(Path jar) throws IOException {
		try (FileSystem files = FileSystems.newFileSystem(jar)) {
			Path mapper = files.getPath("BOOT-INF/classes/com/foobar/article/ArticleRowMapper.class");
			ClassFile format = ClassFile.of();
			Files.write(mapper, format.transformClass(format.parse(Files.readAllBytes(mapper)),
					ClassTransform.transformingMethods((method) -> method.methodName().equalsString("mapRow"),
							MethodTransform.dropping(CodeModel.class::isInstance)
								.andThen(MethodTransform
									.endHandler((method) -> method.withCode((code) -> code.aconst_null().athrow()))))));
		}
	}

	private static void append(Path jar, String file, String text) throws IOException {
		try (FileSystem files = FileSystems.newFileSystem(jar)) {
			Files.writeString(files.getPath("BOOT-INF/classes", file), text, StandardOpenOption.APPEND);
		}
	}

	@FunctionalInterface
	private interface Change {

		void to(Path jar) throws IOException;

	}

}
