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

/** What is known of a transaction whose connection fails it. */
class RoutedConnectionTests {

	private final StubServer primary = new StubServer("primary").reports("u:1");

	private final StubCluster cluster = new StubCluster(this.primary).roles(ServerRole.PRIMARY);

	private final StubSite site = new StubSite(this.cluster);

	private final TransactionTemplate writing = new TransactionTemplate(this.site.transactions);

	private final TransactionTemplate reading = new TransactionTemplate(this.site.transactions);

	RoutedConnectionTests() {
		this.reading.setReadOnly(true);
	}

	@Test
	void aCommitThatIsNotAnsweredHasAnUnknownOutcomeAndMakesItsServerSuspect() {
		this.primary.onCommit((number) -> {
			throw new SQLRecoverableException("gone", "08S01");
		});
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(this::write)
			.withMessageContaining("not known");
		assertThat(this.primary.node().isSuspect()).isTrue();
	}

	@Test
	void aReadWhoseCommitIsNotAnsweredIsNoUnknownOutcome() {
		this.primary.onCommit((number) -> {
			throw new SQLRecoverableException("gone", "08S01");
		});
		assertThat(catchThrowable(this::read)).isNotInstanceOf(UnknownOutcomeException.class);
	}

	@ParameterizedTest
	@ValueSource(ints = { 1213, 1290, 1836, 3101, 4094 })
	void aCommitThatIsRefusedHadNoEffect(int code) {
		this.primary.onCommit((number) -> {
			throw new SQLException("refused", "HY000", code);
		});
		assertThatExceptionOfType(TransactionRolledBackException.class).isThrownBy(this::write);
	}

	@Test
	void whatTheGroupDidNotAgreeOnHasAnUnknownOutcome() {
		this.primary.onCommit((number) -> {
			throw new SQLException("hook", "HY000", 3100);
		});
		assertThatExceptionOfType(UnknownOutcomeException.class).isThrownBy(this::write);
	}

	@Test
	void everyConnectionGoesBackWhateverBecameOfIt() {
		this.primary.onStatement((number) -> {
			throw new SQLRecoverableException("gone", "08S01");
		});
		for (int i = 0; i < 50; i++) {
			this.primary.reports("u:1");
			catchThrowable(this::write);
			this.primary.reports("u:1");
			catchThrowable(this::read);
		}
		assertThat(this.primary.node().writes().inFlight()).isZero();
		assertThat(this.primary.node().reads().inFlight()).isZero();
		this.primary.reports("u:1").onStatement((number) -> {
		});
		write();
		assertThat(this.primary.statements()).isEqualTo(101);
	}

	@Test
	void aTransactionThatInterruptsAnotherLeavesItsConnectionAlone() {
		this.writing.executeWithoutResult((status) -> {
			this.site.statements().update("INSERT anything");
			this.site.apart().executeWithoutResult((other) -> this.site.statements().update("INSERT anything"));
			this.primary.onStatement((number) -> {
				assertThat(number).isEqualTo(2);
			});
			this.site.statements().update("INSERT anything");
		});
		assertThat(this.primary.node().writes().inFlight()).isZero();
	}

	private void write() {
		this.writing.executeWithoutResult((status) -> this.site.statements().update("INSERT anything"));
	}

	private void read() {
		this.reading.executeWithoutResult((status) -> this.site.statements().update("SELECT anything"));
	}

}
