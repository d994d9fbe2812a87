package com.foobar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests that the times in the README files are the defaults of their settings. */
class ReadmeTests {

	private static final Pattern TIME_BEFORE_SETTING = Pattern.compile("([0-9.]+) (ms|s) \\(`([a-z.-]+)`\\)");

	private static final Pattern SETTING_BEFORE_TIME = Pattern.compile("`([a-z.-]+)` \\(([0-9]+) ?(ms|s|m|days)\\)");

	record Time(String setting, Duration duration) {
	}

	static Stream<Time> times() throws IOException {
		Path application = Path.of("src/main/java/com/foobar");
		String text = Files.readString(Path.of("README.md"))
				+ Files.readString(application.resolve("database/README.md"))
				+ Files.readString(application.resolve("web/README.md"));
		return Stream.concat(
				matches(TIME_BEFORE_SETTING, text)
					.map((match) -> new Time(match.group(3), duration(match.group(1), match.group(2)))),
				matches(SETTING_BEFORE_TIME, text)
					.map((match) -> new Time(match.group(1), duration(match.group(2), match.group(3)))));
	}

	private static Stream<MatchResult> matches(Pattern pattern, String text) {
		return pattern.matcher(text).results();
	}

	private static Duration duration(String number, String unit) {
		double seconds = switch (unit) {
			case "ms" -> 0.001;
			case "s" -> 1;
			case "m" -> 60;
			default -> 86_400;
		};
		return Duration.ofMillis(Math.round(Double.parseDouble(number) * seconds * 1000));
	}

	@ParameterizedTest
	@MethodSource("times")
	void timeEqualsTheDefaultOfItsSetting(Time time) throws IOException {
		assertThat(defaults(time.setting())).as("the default of [%s]", time.setting())
			.singleElement()
			.isEqualTo(time.duration());
	}

	@Test
	void timesOfTheTableOfTimeoutsAreFound() throws IOException {
		assertThat(times().map(Time::setting)).contains("failover.timeout", "pool.timeout", "foobar.password.timeout")
			.hasSizeGreaterThan(10);
	}

	// Returns the defaults of all settings whose names end with the given text, because a
	// README may omit the beginning of a name.
	private static List<Duration> defaults(String setting) throws IOException {
		try (InputStream metadata = new ClassPathResource("META-INF/spring-configuration-metadata.json")
			.getInputStream()) {
			JsonNode properties = JsonMapper.shared().readTree(metadata).get("properties");
			return StreamSupport.stream(properties.spliterator(), false)
				.filter((property) -> ("." + property.get("name").asString()).endsWith("." + setting))
				.map((property) -> DurationStyle.detectAndParse(property.get("defaultValue").asString()))
				.toList();
		}
	}

}
