package com.foobar.database;

import java.sql.SQLException;

import com.mysql.cj.jdbc.exceptions.CommunicationsException;
import com.zaxxer.hikari.SQLExceptionOverride.Override;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalsTests {

	private final Refusals refusals = new Refusals();

	@ParameterizedTest
	@CsvSource({ "1290, MUST_EVICT", "1836, MUST_EVICT", "1213, CONTINUE_EVICT", "1062, CONTINUE_EVICT" })
	void aServerThatIsNoLongerThePrimaryLosesItsConnections(int code, Override verdict) {
		assertThat(this.refusals.adjudicate(error(code))).isEqualTo(verdict);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1205, 1213, 1290, 1836, 3101 })
	void theseHadNoEffect(int code) {
		assertThat(translate(error(code))).isInstanceOf(NoEffectException.class);
		assertThat(Refusals.hadNoEffect(error(code))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1062, 3100, 1053, 0 })
	void ofAllOthersNothingIsSaid(int code) {
		assertThat(translate(error(code))).isNull();
		assertThat(Refusals.hadNoEffect(error(code))).isFalse();
	}

	@Test
	void aCommitThatWasNotConfirmedHasAnUnknownOutcome() {
		assertThat(translate(new CommitLostException(error(3100)))).isInstanceOf(UnknownOutcomeException.class)
			.hasMessageContaining("not known");
	}

	@Test
	void aStatementOutsideAnyTransactionThatIsLostHasAnUnknownOutcome() {
		assertThat(translate(new CommunicationsException("gone", null))).isInstanceOf(UnknownOutcomeException.class);
	}

	private static SQLException error(int code) {
		return new SQLException("", "HY000", code);
	}

	private @Nullable DataAccessException translate(SQLException ex) {
		return this.refusals.translate("insert", "", ex);
	}

}
