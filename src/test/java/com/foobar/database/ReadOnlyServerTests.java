package com.foobar.database;

import java.sql.SQLException;

import com.zaxxer.hikari.SQLExceptionOverride.Override;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReadOnlyServerTests {

	private final ReadOnlyServer server = new ReadOnlyServer();

	@ParameterizedTest
	@CsvSource({ "1290, MUST_EVICT", "1836, MUST_EVICT", "1062, CONTINUE_EVICT" })
	void refusalEndsTheConnection(int code, Override verdict) {
		assertThat(this.server.adjudicate(new SQLException("", "HY000", code))).isEqualTo(verdict);
	}

	@ParameterizedTest
	@CsvSource({ "1290, true", "1836, true", "1062, false" })
	void refusalIsNotTheFaultOfWhoAsked(int code, boolean unavailable) {
		var translated = this.server.translate("insert", "", new SQLException("", "HY000", code));
		assertThat(translated instanceof NoServerException).isEqualTo(unavailable);
	}

}
