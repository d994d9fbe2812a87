package com.foobar.database.routing;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;

import com.foobar.database.TransactionRolledBackException;
import com.foobar.database.UnknownOutcomeException;
import com.foobar.database.server.StubCluster;
import com.foobar.database.server.StubServer;
import com.foobar.database.topology.ServerRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Tests which outcome a transaction has when its connection fails. */
class RoutedConnectionTests {

	private final StubServer primary = new StubServer("primary").reportExecuted("u:1");

	private final StubCluster cluster = new StubCluster(this.primary).roles(ServerRole.PRIMARY);

	private final StubSite site = new StubSite(this.cluster);

	private final TransactionTemplate writing = new TransactionTemplate(this.site.transactionManager);

	private final TransactionTemplate reading = new TransactionTemplate(this.site.transactionManager);

	RoutedConnectionTests() {
		this.reading.setReadOnly(true);
	}

	@Test
	void commitWithoutResponseHasAnUnknownOutcomeAndMakesItsServerSuspect() {
		this.primary.onCommit((number) -> {
			throw new SQLRecoverableException("gone", "08S01");
		});
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(this::write)
			.withMessageContaining("not known");
		assertThat(this.primary.node().isSuspect()).isTrue();
	}

	@Test
	void readOnlyCommitWithoutResponseHasNoUnknownOutcome() {
		this.primary.onCommit((number) -> {
			throw new SQLRecoverableException("gone", "08S01");
		});
		assertThat(catchThrowable(this::read)).isNotInstanceOf(UnknownOutcomeException.class);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1213, 1290, 1836, 3101, 4094 })
	void refusedCommitIsRolledBack(int code) {
		this.primary.onCommit((number) -> {
			throw new SQLException("refused", "HY000", code);
		});
		assertThatExceptionOfType(TransactionRolledBackException.class).isThrownBy(this::write);
	}

	@Test
	void runHookErrorAtCommitHasAnUnknownOutcome() {
		this.primary.onCommit((number) -> {
			throw new SQLException("hook", "HY000", 3100);
		});
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(this::write);
	}

	@Test
	void everyConnectionIsReturnedEvenIfItFailed() {
		this.primary.onStatement((number) -> {
			throw new SQLRecoverableException("gone", "08S01");
		});
		for (int i = 0; i < 50; i++) {
			this.primary.reportExecuted("u:1");
			catchThrowable(this::write);
			this.primary.reportExecuted("u:1");
			catchThrowable(this::read);
		}
		assertThat(this.primary.node().writePool().inFlight()).isZero();
		assertThat(this.primary.node().readPool().inFlight()).isZero();
		this.primary.reportExecuted("u:1").onStatement((number) -> {
		});
		write();
		assertThat(this.primary.statements()).isEqualTo(101);
	}

	@Test
	void innerTransactionDoesNotUseTheConnectionOfTheOuterOne() {
		this.writing.executeWithoutResult((status) -> {
			this.site.jdbcTemplate().update("INSERT anything");
			this.site.requiresNew().executeWithoutResult((other) -> this.site.jdbcTemplate().update("INSERT anything"));
			this.primary.onStatement((number) -> {
				assertThat(number).isEqualTo(2);
			});
			this.site.jdbcTemplate().update("INSERT anything");
		});
		assertThat(this.primary.node().writePool().inFlight()).isZero();
	}

	private void write() {
		this.writing.executeWithoutResult((status) -> this.site.jdbcTemplate().update("INSERT anything"));
	}

	private void read() {
		this.reading.executeWithoutResult((status) -> this.site.jdbcTemplate().update("SELECT anything"));
	}

}
