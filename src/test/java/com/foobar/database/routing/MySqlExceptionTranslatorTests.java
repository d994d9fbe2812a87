package com.foobar.database.routing;

import java.sql.SQLException;

import com.foobar.database.TransactionRolledBackException;
import com.foobar.database.UnknownOutcomeException;
import com.mysql.cj.jdbc.exceptions.CommunicationsException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests which exception the translator returns for which error of MySQL. */
class MySqlExceptionTranslatorTests {

	private final MeterRegistry meters = new SimpleMeterRegistry();

	private final MySqlExceptionTranslator translator = new MySqlExceptionTranslator(this.meters);

	@ParameterizedTest
	@ValueSource(ints = { 1213, 1290, 1836, 3101, 4094 })
	void refusedTransactionIsRolledBack(int code) {
		assertThat(translate(error(code))).isInstanceOf(TransactionRolledBackException.class);
		assertThat(MySqlExceptionTranslator.isNotCommitted(error(code))).isTrue();
	}

	@Test
	void lockWaitTimeoutIsNotCommittedAndNotRunAgain() {
		assertThat(translate(error(1205))).isInstanceOf(CannotAcquireLockException.class)
			.hasMessageContaining("holds a lock");
		assertThat(MySqlExceptionTranslator.isNotCommitted(error(1205))).isTrue();
	}

	@Test
	void tooSlowStatementIsAQueryTimeout() {
		assertThat(translate(error(3024))).isInstanceOf(QueryTimeoutException.class)
			.hasMessageContaining("max_execution_time");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1197, 3231 })
	void tooLargeTransactionIsNotCommitted(int code) {
		assertThat(MySqlExceptionTranslator.isNotCommitted(error(code))).isTrue();
		assertThat(translate(error(code))).isInstanceOf(NonTransientDataAccessResourceException.class)
			.hasMessageContaining("max_binlog_cache_size");
		assertThat(this.meters.counter("database.outcomes.unknown").count()).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1062, 1053, 0 })
	void otherErrorsAreLeftToSpring(int code) {
		assertThat(translate(error(code))).isNull();
		assertThat(MySqlExceptionTranslator.isNotCommitted(error(code))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1317, 3032, 3169, 3796 })
	void errorOfAServerThatGoesAwayIsRecoverable(int code) {
		assertThat(translate(error(code))).isInstanceOf(RecoverableDataAccessException.class);
	}

	@Test
	void runHookErrorHasAnUnknownOutcome() {
		assertThat(translate(error(3100))).isInstanceOf(UnknownOutcomeException.class);
		assertThat(this.meters.counter("database.outcomes.unknown").count()).isOne();
	}

	@Test
	void unconfirmedCommitHasAnUnknownOutcome() {
		assertThat(translate(new CommitOutcomeUnknownException(error(3100))))
			.isInstanceOf(UnknownOutcomeException.class)
			.hasMessageContaining("not known");
	}

	@Test
	void lostStatementOutsideATransactionHasAnUnknownOutcome() {
		assertThat(translate(new CommunicationsException("gone", null))).isInstanceOf(UnknownOutcomeException.class);
	}

	private static SQLException error(int code) {
		return new SQLException("", "HY000", code);
	}

	private @Nullable DataAccessException translate(SQLException ex) {
		return this.translator.translate("insert", "", ex);
	}

}
