package com.foobar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that no file contains a name that was replaced by the field's term. The names are
 * listed in {@code forbidden-words.txt}.
 */
class ForbiddenWordsTests {

	private static final Path LIST = Path.of("src/test/resources/forbidden-words.txt");

	private static final List<Path> SEARCHED = Stream
		.of("README.md", "pom.xml", ".ci", ".github", "src", "deploy", "haproxy")
		.map(Path::of)
		.toList();

	@Test
	void noFileContainsAForbiddenWord() throws IOException {
		var words = words();
		assertThat(words).hasSizeGreaterThan(50);
		assertThat(files().flatMap((file) -> found(file, words))).isEmpty();
	}

	private static List<Word> words() throws IOException {
		return Files.readAllLines(LIST)
			.stream()
			.filter((line) -> !line.startsWith("#"))
			.map((line) -> line.split(" "))
			.map(List::of)
			.map((parts) -> new Word(parts.get(0), wholeWord(parts.get(0)), parts.get(1),
					parts.stream().skip(2).map(Path::of).toList()))
			.toList();
	}

	// A hyphen or an underscore ends a word: a longer name with it is found, too.
	private static Pattern wholeWord(String word) {
		return Pattern.compile("(?<![A-Za-z0-9])" + Pattern.quote(word) + "(?![A-Za-z0-9])");
	}

	private static Stream<Path> files() {
		return SEARCHED.stream()
			.flatMap(ForbiddenWordsTests::walk)
			.filter(Files::isRegularFile)
			.filter((file) -> !file.equals(LIST))
			.filter((file) -> !isMigration(file));
	}

	private static Stream<Path> walk(Path path) {
		try {
			return Files.walk(path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Stream<String> found(Path file, List<Word> words) {
		String text = text(file);
		return words.stream()
			.filter((word) -> !word.exceptions().contains(file))
			.filter((word) -> word.pattern().matcher(text).find())
			.map((word) -> "%s: [%s] is called [%s]".formatted(file, word.name(), word.replacement()));
	}

	// Former names are in the tasks that replace what an earlier release has set up, in
	// the check that refuses old variables, and in the tests of both.
	private static boolean isMigration(Path file) {
		String name = file.getFileName().toString();
		return name.startsWith("migrate-from-") || name.startsWith("Takeover") || name.endsWith("renamed_variables.py");
	}

	// Omits the README's list of changes, because it contains former names. A picture has
	// no text.
	private static String text(Path file) {
		try {
			String text = Files.readString(file);
			int changes = file.endsWith("README.md") ? text.indexOf("\n## Changes") : -1;
			return (changes >= 0) ? text.substring(0, changes) : text;
		}
		catch (MalformedInputException ex) {
			return "";
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private record Word(String name, Pattern pattern, String replacement, List<Path> exceptions) {
	}

}
