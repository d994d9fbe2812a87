package com.foobar.database;

import com.foobar.setting.SettingException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatException;

class MigrationTests {

	@Test
	void withoutADatabaseNothingIsMigratedAndThatIsSaid() {
		assertThatException().isThrownBy(() -> Migration.run(new String[0]))
			.havingRootCause()
			.isInstanceOf(SettingException.class)
			.withMessage("spring.flyway.url is required to migrate");
	}

}
