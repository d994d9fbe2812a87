package com.foobar.database;

import java.sql.SQLException;

import com.mysql.cj.jdbc.exceptions.CommunicationsException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.RecoverableDataAccessException;

import static org.assertj.core.api.Assertions.assertThat;

class RefusalsTests {

	private final MeterRegistry meters = new SimpleMeterRegistry();

	private final Refusals refusals = new Refusals(this.meters);

	@ParameterizedTest
	@ValueSource(ints = { 1205, 1213, 1290, 1836, 3101, 4094 })
	void theseHadNoEffect(int code) {
		assertThat(translate(error(code))).isInstanceOf(NoEffectException.class);
		assertThat(Refusals.hadNoEffect(error(code))).isTrue();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1062, 1053, 0 })
	void ofAllOthersNothingIsSaid(int code) {
		assertThat(translate(error(code))).isNull();
		assertThat(Refusals.hadNoEffect(error(code))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1317, 3032, 3169, 3796 })
	void aServerThatGoesAwayMayBeReplacedByAnother(int code) {
		assertThat(translate(error(code))).isInstanceOf(RecoverableDataAccessException.class);
	}

	@Test
	void whatAGroupDidNotAgreeOnMayYetBeCommitted() {
		assertThat(translate(error(3100))).isInstanceOf(UnknownOutcomeException.class);
		assertThat(this.meters.counter("database.outcomes.unknown").count()).isOne();
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
