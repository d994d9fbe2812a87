package com.foobar.database.migration;

import com.foobar.setting.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/** Tests how {@code migrate} fails without a primary or with invalid settings. */
@ExtendWith(OutputCaptureExtension.class)
class MigrationTests {

	@Test
	void migrateWithoutNodesFails() {
		assertThatException().isThrownBy(() -> Migration.run(new String[0]))
			.havingRootCause()
			.isInstanceOf(InvalidSettingException.class)
			.withMessage("foobar.database.nodes is required to migrate");
	}

	@Test
	void flywayUrlIsRefused(CapturedOutput output) {
		assertThatException()
			.isThrownBy(() -> Migration.run(new String[] { "--spring.flyway.url=jdbc:mysql://web-01/foobar" }));
		assertThat(output).contains("spring.flyway.url is not read by migrate").contains("foobar.database.username");
	}

	@Test
	void zeroTimeoutIsRefused(CapturedOutput output) {
		assertThatException().isThrownBy(() -> Migration
			.run(new String[] { "--foobar.database.migration.timeout=0s", "--foobar.database.nodes=127.0.0.1:1",
					"--foobar.database.username=x", "--foobar.database.password=x" }));
		assertThat(output).contains("Property: foobar.database.migration.timeout", "Value: \"PT0S\"",
				"Reason: must be longer than or equal to 1 second");
	}

	@Test
	void migrateWithoutPrimaryFails(CapturedOutput output) {
		assertThatException().isThrownBy(() -> Migration
			.run(new String[] { "--foobar.database.failover.timeout=100ms", "--foobar.database.nodes=127.0.0.1:1",
					"--foobar.database.username=x", "--foobar.database.password=x" }));
		assertThat(output).contains("127.0.0.1:1 does not answer: Connection refused")
			.contains("No database server accepts writes, so nothing was migrated [127.0.0.1:1 UNKNOWN]")
			.contains("and run it again");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			lock-timeout=500ms | lock-timeout is [PT0.5S]                          | Write whole seconds from 1s to 60s
			lock-timeout=1500ms| lock-timeout is [PT1.5S]                          | Write whole seconds from 1s to 60s
			lock-timeout=5m    | lock-timeout is [PT5M]                            | Write whole seconds from 1s to 60s
			lock-retry-timeout=1s   | lock-retry-timeout is [PT1S], less than lock-timeout [PT2S] | for example 30s
			""")
	void invalidLockTimeoutsAreRefused(String setting, String problem, String remedy, CapturedOutput output) {
		assertThatException().isThrownBy(() -> Migration
			.run(new String[] { "--foobar.database.migration." + setting, "--foobar.database.nodes=127.0.0.1:1",
					"--foobar.database.username=x", "--foobar.database.password=x" }));
		assertThat(output).contains("foobar.database.migration." + problem).contains(remedy);
	}

}
