package com.foobar.web.consistency;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.function.Function;

import com.foobar.web.security.TokenKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class ConsistencyTokensTests {

	private static final String POSITION = "00000000-0000-0000-0000-000000000001:1-9";

	private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");

	// Instances may have clocks that differ by a second.
	@Test
	void tokenIsReadUntilOneSecondAfterItsLifetime() {
		String token = at(NOW, (tokens) -> tokens.issue(POSITION)).orElseThrow();
		Instant end = NOW.plus(Duration.ofMinutes(1));
		assertThat(at(end.plusSeconds(1), (tokens) -> tokens.read(token))).contains(POSITION);
		assertThat(at(end.plusSeconds(2), (tokens) -> tokens.read(token))).isEmpty();
	}

	private static Optional<String> at(Instant now, Function<ConsistencyTokens, Optional<String>> work) {
		try (var context = new AnnotationConfigApplicationContext()) {
			context.register(Settings.class, TokenKeys.class, ConsistencyTokens.class);
			context.registerBean(MeterRegistry.class, SimpleMeterRegistry::new);
			context.registerBean(Clock.class, () -> Clock.fixed(now, ZoneOffset.UTC));
			TestPropertyValues.of("foobar.token.key=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=").applyTo(context);
			context.refresh();
			return work.apply(context.getBean(ConsistencyTokens.class));
		}
	}

	@ConfigurationPropertiesScan("com.foobar")
	static class Settings {

	}

}
