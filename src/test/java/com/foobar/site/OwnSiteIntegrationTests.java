package com.foobar.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests what {@code src/main/java/com/foobar/README.md} tells those who put their own
 * site in place of this one. Needs git, bash and Maven.
 */
@Tag("slow")
class OwnSiteIntegrationTests {

	private static final Path README = Path.of("src/main/java/com/foobar/README.md");

	// A line that ends with a backslash continues in the next one.
	private static final Pattern DELETION = Pattern.compile("git rm (.*\\\\\n)*.*");

	private static final Pattern ARTICLES = Pattern
		.compile("/editor|/article/|\\barticles\\b|\\bcomments\\b|ArticleRowMapper");

	@Test
	void everythingElseCompilesWithoutArticles(@TempDir Path copy) throws IOException {
		FileSystemUtils.copyRecursively(Path.of("src"), copy.resolve("src"));
		Files.copy(Path.of("pom.xml"), copy.resolve("pom.xml"));
		run(copy, "git", "init", "--quiet");
		run(copy, "git", "add", ".");
		run(copy, "git", "-c", "user.name=Test", "-c", "user.email=test@example.com", "commit", "--quiet",
				"--message=Copy");
		run(copy, "bash", "-c", deletion());
		// The profile also compiles the tests of the whole site.
		run(copy, "mvn", "-B", "-q", "-o", "-Plab", "test-compile");
	}

	@Test
	void readmeNamesEachTestOfTheWholeSiteThatUsesArticles() throws IOException {
		String readme = Files.readString(README);
		try (Stream<Path> files = Files.walk(Path.of("src/lab/java"))) {
			assertThat(files.filter(Files::isRegularFile).filter(OwnSiteIntegrationTests::usesArticles)).isNotEmpty()
				.map((file) -> file.getFileName().toString().replace(".java", ""))
				.allSatisfy((name) -> assertThat(readme).containsPattern("\\b%s\\b".formatted(name)));
		}
	}

	private static boolean usesArticles(Path file) {
		try {
			return ARTICLES.matcher(Files.readString(file)).find();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String deletion() throws IOException {
		Matcher matcher = DELETION.matcher(Files.readString(README));
		assertThat(matcher.find()).isTrue();
		return matcher.group();
	}

	private static void run(Path folder, String... command) throws IOException {
		Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.onExit().join().exitValue()).as("%s: %s", String.join(" ", command), output).isZero();
	}

}
