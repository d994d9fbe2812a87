package com.foobar.database.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import javax.sql.DataSource;

import com.foobar.database.Deadline;
import com.foobar.database.DeadlineExceededException;
import com.foobar.database.FailoverProperties;
import com.foobar.database.Threads;
import com.foobar.database.server.StubCluster;
import com.foobar.database.server.StubServer;
import com.foobar.database.topology.ServerRole;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests which transactions get a connection, and what happens if no connection is free.
 */
class RoutingDataSourceTests {

	private final StubServer primary = new StubServer("primary", 2, Duration.ofMillis(50));

	private final StubServer replica = new StubServer("replica");

	private final StubCluster cluster = new StubCluster(this.primary, this.replica).roles(ServerRole.PRIMARY,
			ServerRole.REPLICA);

	private final StubSite site = new StubSite(this.cluster);

	@Test
	void writeFailsWithoutRetryWhenAllConnectionsAreInUse() {
		long began = System.nanoTime();
		withAllConnectionsInUse(() -> {
			// Meanwhile, the monitor gets a probe result from the server.
			CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS).execute(() -> reportProbe(this.primary));
			assertThatExceptionOfType(TransientDataAccessResourceException.class)
				.isThrownBy(() -> this.site.work().writeIdempotently(StubSite.statement()))
				.withMessageContaining("All connections are in use")
				.havingCause()
				.withMessage("All [2] connections to database server primary are in use");
		});
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofMillis(500));
		assertThat(this.primary.node().isSuspect()).isFalse();
	}

	@Test
	void writeWaitsForAnotherPrimaryWhenAFrozenOneBlocksAllConnections() {
		withAllConnectionsInUse(() -> {
			CompletableFuture<Integer> write = CompletableFuture.supplyAsync(() -> Deadline.after(Duration.ofSeconds(5))
				.call(() -> new StubSite(this.cluster, new FailoverProperties(Duration.ofSeconds(3), 10)).work()
					.write(StubSite.statement())));
			Awaitility.await().until(() -> this.primary.node().isSuspect());
			this.cluster.roles(ServerRole.UNKNOWN, ServerRole.PRIMARY);
			assertThat(write).succeedsWithin(Duration.ofSeconds(3));
		});
		assertThat(this.replica.statements()).isOne();
	}

	@Test
	void serverIsNotSuspectIfTheDeadlineLeavesNoTimeToAnswer() {
		withAllConnectionsInUse(() -> assertThatExceptionOfType(TransientDataAccessResourceException.class).isThrownBy(
				() -> Deadline.after(Duration.ofMillis(20)).call(() -> this.site.work().write(StubSite.statement())))
			.withMessageContaining("All connections are in use"));
		assertThat(this.primary.node().isSuspect()).isFalse();
	}

	private void reportProbe(StubServer server) {
		server.reportExecuted("u:1");
		this.cluster.wakeWaitingThreads();
	}

	private void withAllConnectionsInUse(Runnable work) {
		this.site.work().write((jdbc) -> {
			StubSite.statement().apply(jdbc);
			Threads.runInNewThread(() -> this.site.work().write((other) -> {
				StubSite.statement().apply(other);
				Threads.runInNewThread(work);
				return 0;
			}));
			return 0;
		});
	}

	@Test
	void onlyTransactionsThatGotAConnectionAreCounted() {
		this.replica.reachable(false);
		this.site.work().read(StubSite.statement());
		assertThat(this.site.count("database.routed")).isOne();
		assertThat(this.primary.statements()).isOne();
	}

	@Test
	void connectionThatComesAfterTheDeadlineIsReturned() {
		assertThatExceptionOfType(DeadlineExceededException.class)
			.isThrownBy(() -> Deadline.after(Duration.ZERO).call(() -> this.site.work().write(StubSite.statement())));
		assertThat(this.primary.node().writePool().inFlight()).isZero();
	}

	@Test
	void writeAfterCommitIsRefusedWithAdvice() {
		afterCommit(() -> assertThatExceptionOfType(IllegalTransactionStateException.class)
			.isThrownBy(() -> this.site.jdbcTemplate().update("INSERT anything"))
			.withMessageContaining("has ended, so a write would not be committed")
			.withMessageContaining("REQUIRES_NEW"));
	}

	@Test
	void readAfterCommitSucceeds() {
		afterCommit(() -> assertThatNoException()
			.isThrownBy(() -> this.site.jdbcTemplate().query("SELECT anything", (row) -> {
			})));
	}

	@Test
	void writeAfterCommitInANewTransactionSucceeds() {
		afterCommit(() -> this.site.requiresNew()
			.executeWithoutResult((status) -> this.site.jdbcTemplate().update("INSERT anything")));
		// Each of the two transactions writes in both callbacks, and one of them has also
		// written before.
		assertThat(this.primary.statements()).isEqualTo(5);
	}

	// Runs the work in both of Spring's callbacks after a commit, first in a transaction
	// that has a connection and then in a transaction that has none.
	private void afterCommit(Runnable work) {
		for (boolean writesBefore : new boolean[] { true, false }) {
			var failure = new AtomicReference<Throwable>(new AssertionError("The callback was not called"));
			new TransactionTemplate(this.site.transactionManager).executeWithoutResult((status) -> {
				if (writesBefore) {
					this.site.jdbcTemplate().update("INSERT anything");
				}
				TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
					@Override
					public void afterCommit() {
						work.run();
					}

					@Override
					public void afterCompletion(int outcome) {
						try {
							work.run();
							failure.set(null);
						}
						catch (Throwable ex) {
							failure.set(ex);
						}
					}
				});
			});
			assertThat(failure).hasNullValue();
		}
	}

	@Test
	void secondConnectionInATransactionIsRefused() {
		new TransactionTemplate(this.site.transactionManager).executeWithoutResult((status) -> {
			this.site.jdbcTemplate().update("INSERT anything");
			assertThatExceptionOfType(IllegalTransactionStateException.class).isThrownBy(() -> {
				try (Connection second = this.site.dataSource.getConnection()) {
					second.prepareStatement("INSERT anything").execute();
				}
			}).withMessageContaining("has a connection already").withMessageContaining("DataSourceUtils");
			this.site.requiresNew().executeWithoutResult((other) -> this.site.jdbcTemplate().update("INSERT anything"));
			this.site.jdbcTemplate().update("INSERT anything");
		});
		assertThat(this.primary.statements()).isEqualTo(3);
		assertThat(this.primary.node().writePool().inFlight()).isZero();
	}

	@Test
	void dataSourceThatConnectsTooEarlyIsNamedAtStart() {
		var eager = new EagerDataSource(this.site.dataSource);
		var transactionManager = new RoutingTransactionManager(eager, new MySqlExceptionTranslator(this.site.meters));
		assertThatExceptionOfType(BrokenRoutingException.class)
			.isThrownBy(() -> new RoutingCheck(eager, transactionManager).afterSingletonsInstantiated())
			.withMessageContaining("A read-only transaction asks for its connection before Spring has said")
			.withMessageContaining("[com.foobar.database.routing.RoutingDataSourceTests$EagerDataSource]");
		assertThatNoException().isThrownBy(() -> new RoutingCheck(this.site.dataSource, this.site.transactionManager)
			.afterSingletonsInstantiated());
		assertThat(this.primary.statements() + this.replica.statements()).isZero();
	}

	/** Asks for the connection too early, as a library that traces statements may do. */
	private static final class EagerDataSource extends DelegatingDataSource {

		private EagerDataSource(DataSource target) {
			super(target);
		}

		@Override
		public Connection getConnection() throws SQLException {
			Connection connection = super.getConnection();
			connection.getMetaData();
			return connection;
		}

	}

}
