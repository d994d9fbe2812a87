package com.foobar.database.routing;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import com.foobar.database.Deadline;
import com.foobar.database.DeadlineExceededException;
import com.foobar.database.TransactionRolledBackException;
import com.foobar.database.UnknownOutcomeException;
import com.foobar.database.server.StubCluster;
import com.foobar.database.server.StubServer;
import com.foobar.database.topology.ServerRole;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;

/** Tests which transactions run again, and until when. */
class TransactionRetryTests {

	private final StubServer primary = new StubServer("primary");

	private final StubServer replica = new StubServer("replica");

	private final StubCluster cluster = new StubCluster(this.primary, this.replica).roles(ServerRole.PRIMARY,
			ServerRole.REPLICA);

	private final StubSite site = new StubSite(this.cluster);

	private final AtomicInteger attempts = new AtomicInteger();

	// The symbols are those of MySQL's error reference.
	@ParameterizedTest(name = "{0} {1}")
	@CsvSource(textBlock = """
			# the fault of the first attempt, and the number of attempts of each kind of transaction
			1290, ER_OPTION_PREVENTS_STATEMENT,          2, 2, 2
			1836, ER_READ_ONLY_MODE,                     2, 2, 2
			4094, ER_OPERATION_NOT_ALLOWED_WHILE_PRIMARY_CHANGE_IS_RUNNING, 2, 2, 2
			1213, ER_LOCK_DEADLOCK,                      2, 2, 2
			5,    a deadlock of another database,        2, 2, 2
			3101, ER_TRANSACTION_ROLLBACK_DURING_COMMIT, 2, 2, 2
			1,    connection lost at the first statement, 2, 2, 2
			2,    connection lost at the second statement, 2, 1, 2
			3,    connection lost at the commit,         2, 1, 2
			4,    no connection can be opened,           2, 1, 1
			3032, ER_SERVER_OFFLINE_MODE,                2, 1, 2
			3797, ER_GRP_TRX_CONSISTENCY_BEFORE,         2, 1, 2
			3100, ER_RUN_HOOK_ERROR,                     1, 1, 2
			1205, ER_LOCK_WAIT_TIMEOUT,                  1, 1, 1
			3024, ER_QUERY_TIMEOUT,                      1, 1, 1
			1317, ER_QUERY_INTERRUPTED by KILL QUERY,    1, 1, 1
			1197, ER_TRANS_CACHE_FULL,                   1, 1, 1
			3231, ER_WRITE_SET_EXCEEDS_LIMIT,            1, 1, 1
			1062, ER_DUP_ENTRY,                          1, 1, 1
			""")
	void transactionRunsAgainIfThatIsSafe(int fault, String symbol, int readOnly, int write, int idempotent) {
		assertThat(attempts(fault, this.site.work()::read)).as("attempts of a read-only transaction")
			.isEqualTo(readOnly);
		assertThat(attempts(fault, this.site.work()::write)).as("attempts of a writing transaction").isEqualTo(write);
		assertThat(attempts(fault, this.site.work()::writeIdempotently)).as("attempts of an idempotent transaction")
			.isEqualTo(idempotent);
	}

	@Test
	void retriesAreCountedByFailureKind() {
		assertThat(attempts(1213, this.site.work()::write)).isEqualTo(2);
		assertThat(attempts(3024, this.site.work()::write)).isEqualTo(1);
		var retried = this.site.meters.find("database.transactions.retried");
		assertThat(retried.tag("failure", "no-effect").counter().count()).isEqualTo(1);
		assertThat(this.site.count("database.transactions.retried")).isEqualTo(1);
	}

	private int attempts(int fault, Function<Function<JdbcClient, Integer>, Integer> transaction) {
		this.attempts.set(0);
		for (StubServer server : new StubServer[] { this.primary, this.replica }) {
			server.onStatement((number) -> failStatement(fault, number))
				.onCommit((number) -> throwIf(fault == 3, new SQLRecoverableException("gone", "08S01")));
		}
		catchThrowable(() -> transaction.apply((jdbc) -> {
			boolean again = this.attempts.incrementAndGet() > 1;
			// The servers report a probe result, as if the monitor had probed them since
			// the last attempt.
			this.primary.reachable(again || fault != 4).reportExecuted("u:1");
			this.replica.reachable(again || fault != 4).reportExecuted("u:1");
			return StubSite.statement().apply(jdbc) + StubSite.statement().apply(jdbc);
		}));
		return this.attempts.get();
	}

	private void failStatement(int fault, int statement) throws SQLException {
		throwIf(fault == 1, new SQLNonTransientConnectionException("gone", "08S01"));
		throwIf(fault == 2 && statement == 2, new SQLRecoverableException("gone", "08S01"));
		throwIf(fault == 5, new SQLException("deadlock", "40001", 0));
		// The driver gives both errors the SQLSTATE of a deadlock.
		throwIf(fault > 5, new SQLException("fault", Set.of(1205, 1213).contains(fault) ? "40001" : "HY000", fault));
	}

	// Throws the fault in the first attempt only.
	private void throwIf(boolean condition, SQLException fault) throws SQLException {
		throwIf(condition, 1, fault);
	}

	private void throwIf(boolean condition, int attempt, SQLException fault) throws SQLException {
		if (condition && this.attempts.get() == attempt) {
			throw fault;
		}
	}

	@Test
	void readEndedByAShutdownRunsAgainOnAnotherServer() {
		this.replica.answering(false).onStatement((number) -> {
			this.cluster.roles(ServerRole.PRIMARY, ServerRole.UNKNOWN);
			throw new SQLException("interrupted", "70100", 1317);
		});
		this.site.work().read(StubSite.statement());
		assertThat(this.primary.statements()).isOne();
		assertThat(this.replica.statements()).isOne();
	}

	@Test
	void tooSlowReadDoesNotRunAgainAndItsServerIsNotSuspect() {
		this.replica.onStatement((number) -> {
			throw new SQLException("too slow", "HY000", 3024);
		});
		assertThatExceptionOfType(QueryTimeoutException.class)
			.isThrownBy(() -> this.site.work().read(StubSite.statement()))
			.withMessageContaining("max_execution_time");
		assertThat(this.primary.statements()).isZero();
		assertThat(this.replica.node().isSuspect()).isFalse();
	}

	@Test
	void nothingBeginsAfterTheDeadline() {
		assertThatExceptionOfType(DeadlineExceededException.class)
			.isThrownBy(() -> Deadline.after(Duration.ZERO).call(() -> this.site.work().write(StubSite.statement())));
		assertThatExceptionOfType(DeadlineExceededException.class)
			.isThrownBy(() -> Deadline.after(Duration.ZERO).call(() -> this.site.work().read(StubSite.statement())));
		assertThat(this.primary.statements() + this.replica.statements()).isZero();
	}

	@Test
	void noStatementIsSentAfterTheDeadline() {
		this.replica.onStatement((number) -> pause());
		assertThatExceptionOfType(DeadlineExceededException.class)
			.isThrownBy(() -> Deadline.after(Duration.ofMillis(150)).call(() -> this.site.work().read((jdbc) -> {
				for (int i = 0; i < 10; i++) {
					StubSite.statement().apply(jdbc);
				}
				return 0;
			})));
		assertThat(this.replica.statements()).as("statements before the deadline, of ten").isBetween(1, 3);
	}

	@Test
	void nothingIsCommittedAfterTheDeadline() {
		this.primary.onStatement((number) -> pause()).onCommit((number) -> {
			throw new AssertionError("The transaction was committed");
		});
		assertThatExceptionOfType(DeadlineExceededException.class)
			.isThrownBy(() -> Deadline.after(Duration.ofMillis(50))
				.call(() -> this.site.work().writeIdempotently(StubSite.statement())));
		assertThat(this.primary.statements()).isOne();
	}

	private static void pause() {
		Awaitility.await().pollDelay(Duration.ofMillis(100)).until(() -> true);
	}

	@Test
	void failureAfterTheCommitDoesNotRunTheTransactionAgain() {
		assertThatExceptionOfType(TransactionRolledBackException.class)
			.isThrownBy(() -> this.site.work().writeIdempotently((jdbc) -> {
				this.attempts.incrementAndGet();
				TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
					@Override
					public void afterCommit() {
						throw new TransactionRolledBackException("of another transaction", new SQLException());
					}
				});
				return StubSite.statement().apply(jdbc);
			}));
		assertThat(this.attempts).hasValue(1);
	}

	@Test
	void unknownOutcomeIsReportedIfALaterAttemptFailsWithAnotherError() {
		this.primary.onCommit((number) -> throwIf(true, new SQLRecoverableException("gone", "08S01")));
		this.primary.onStatement(
				(number) -> throwIf(this.attempts.get() > 1, 2, new SQLException("The table is full", "HY000", 1114)));
		assertThatExceptionOfType(UnknownOutcomeException.class)
			.isThrownBy(() -> this.site.work().writeIdempotently((jdbc) -> {
				this.attempts.incrementAndGet();
				this.primary.reportExecuted("u:1");
				return StubSite.statement().apply(jdbc);
			}));
		assertThat(this.attempts).hasValue(2);
	}

	// The primary flaps: it refuses a statement, becomes unavailable, and is available
	// again.
	@Test
	void waitsAndAttemptsTogetherEndByTheDeadline() {
		this.primary.onStatement((number) -> {
			this.cluster.roles(ServerRole.DETACHED, ServerRole.REPLICA);
			CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS).execute(() -> {
				this.primary.reportExecuted("u:1");
				this.cluster.roles(ServerRole.PRIMARY, ServerRole.REPLICA);
			});
			throw new SQLException("read-only", "HY000", 1290);
		});
		long began = System.nanoTime();
		assertThatExceptionOfType(TransientDataAccessResourceException.class)
			.isThrownBy(() -> Deadline.after(Duration.ofSeconds(1))
				.call(() -> this.site.work().writeIdempotently(StubSite.statement())));
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofMillis(300),
				Duration.ofMillis(1200));
		assertThat(this.primary.statements()).as("attempts before the deadline").isBetween(2, 6);
	}

	@Test
	void unknownOutcomeIsReportedIfLaterAttemptsHaveNoEffect() {
		this.primary.onCommit((number) -> {
			this.cluster.roles(ServerRole.UNKNOWN, ServerRole.REPLICA);
			throw new SQLRecoverableException("gone", "08S01");
		});
		assertThatExceptionOfType(UnknownOutcomeException.class)
			.isThrownBy(() -> this.site.work().writeIdempotently(StubSite.statement()));
		assertThat(this.site.count("database.outcomes.unknown")).isOne();
	}

	@Test
	void onlyTheOutermostTransactionRunsAgain() {
		this.primary.onStatement((number) -> throwIf(true, new SQLException("deadlock", "40001", 1213)));
		var inner = new AtomicInteger();
		this.site.work().write((outer) -> {
			this.attempts.incrementAndGet();
			return this.site.work().write((jdbc) -> {
				inner.incrementAndGet();
				return StubSite.statement().apply(jdbc);
			});
		});
		assertThat(this.attempts).hasValue(2);
		assertThat(inner).hasValue(2);
	}

}
