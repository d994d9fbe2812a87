package com.foobar;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A package of the site as its source files show it.
 *
 * @param imports the other packages of the site whose classes the source files import
 * @param description the text of {@code package-info.java}, in one line
 */
record SourcePackage(String name, Set<String> imports, String description) {

	private static final Path ROOT = Path.of("src/main/java");

	private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?(com\\.foobar[a-z.]*)\\.[A-Z]");

	// Up to a period at the end of a sentence, because names of packages have periods,
	// too.
	private static final Pattern DEPENDENCIES = Pattern.compile("[Dd]epends on (.*?)\\.\\s");

	private static final Pattern LINK = Pattern.compile("\\{@link ([a-z.]+)}");

	private static final Pattern PART = Pattern.compile("com\\.foobar\\.[a-z]+");

	/** Returns all packages of the site. */
	static List<SourcePackage> all() throws IOException {
		try (Stream<Path> files = Files.walk(ROOT)) {
			return files.filter((file) -> file.endsWith("package-info.java"))
				.map(Path::getParent)
				.map(SourcePackage::read)
				.toList();
		}
	}

	private static SourcePackage read(Path directory) {
		String name = ROOT.relativize(directory).toString().replace('/', '.');
		try (Stream<Path> files = Files.list(directory)) {
			Set<String> imports = files.filter(Files::isRegularFile)
				.flatMap((file) -> IMPORT.matcher(text(file)).results())
				.map((match) -> match.group(1))
				.filter((imported) -> !imported.equals(name))
				.collect(Collectors.toSet());
			String description = text(directory.resolve("package-info.java")).replaceAll("\\n \\* ?", " ");
			return new SourcePackage(name, imports, description);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String text(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns the packages that the description has to name: of another part of the site,
	 * such as {@code com.foobar.web}, only the part itself.
	 */
	Set<String> dependencies() {
		return this.imports.stream()
			.map((imported) -> part(imported).equals(part(this.name)) ? imported : part(imported))
			.collect(Collectors.toSet());
	}

	/** Returns the part of the site to which a package belongs. */
	static String part(String name) {
		var matcher = PART.matcher(name);
		return matcher.lookingAt() ? matcher.group() : name;
	}

	/**
	 * Returns the packages in the sentence "Depends on ...".
	 * @throws AssertionError if the description has no such sentence
	 */
	Set<String> describedDependencies() {
		String sentence = DEPENDENCIES.matcher(this.description)
			.results()
			.map((match) -> match.group(1))
			.findFirst()
			.orElseThrow(() -> new AssertionError("[%s] does not say what it depends on".formatted(this.name)));
		return LINK.matcher(sentence).results().map((match) -> match.group(1)).collect(Collectors.toSet());
	}

}
