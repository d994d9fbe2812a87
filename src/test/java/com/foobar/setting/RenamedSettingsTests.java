package com.foobar.setting;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/** Tests that former names of settings are refused, also as environment variables. */
class RenamedSettingsTests {

	@Test
	void formerNameInTheEnvironmentIsRefused() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> check(Map.of("FOOBAR_LARGEANSWERS_ATONCE", "1")))
			.withMessage("foobar.large-answers.at-once is the former name of a setting")
			.extracting(InvalidSettingException::remedy)
			.isEqualTo("Write foobar.large-responses.max-concurrent instead.");
	}

	@Test
	void currentNameIsAccepted() {
		assertThatNoException().isThrownBy(() -> check(Map.of("FOOBAR_LARGERESPONSES_MAXCONCURRENT", "1")));
	}

	private static void check(Map<String, Object> variables) {
		var environment = new StandardEnvironment();
		environment.getPropertySources()
			.replace(StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, new SystemEnvironmentPropertySource(
					StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, variables));
		new RenamedSettings().postProcessEnvironment(environment, new SpringApplication());
	}

}
