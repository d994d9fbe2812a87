package com.foobar.database.connection;

import java.sql.SQLException;

import com.zaxxer.hikari.SQLExceptionOverride.Override;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReadOnlyErrorOverrideTests {

	@ParameterizedTest
	@CsvSource({ "1290, MUST_EVICT", "1836, MUST_EVICT", "1213, CONTINUE_EVICT", "1062, CONTINUE_EVICT" })
	void readOnlyErrorEvictsTheConnection(int code, Override expected) {
		assertThat(new ReadOnlyErrorOverride().adjudicate(new SQLException("", "HY000", code))).isEqualTo(expected);
	}

}
