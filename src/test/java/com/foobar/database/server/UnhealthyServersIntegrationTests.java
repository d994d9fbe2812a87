package com.foobar.database.server;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import com.foobar.database.ConsistencyContext;
import com.foobar.database.Instance;
import com.foobar.database.MySqlPair;
import com.foobar.database.NoServerException;
import com.foobar.database.Notes;
import com.foobar.database.Threads;
import com.foobar.database.ConsistencySession;
import com.foobar.database.routing.RoutingReason;
import com.foobar.database.topology.GtidSet;
import com.foobar.database.topology.ServerRole;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.mysql.MySQLContainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests the site while a primary or its replica, or both, fail. */
class UnhealthyServersIntegrationTests {

	private static final Logger logger = LoggerFactory.getLogger(UnhealthyServersIntegrationTests.class);

	private static final MySQLContainer first = MySqlPair.first;

	private static final MySQLContainer second = MySqlPair.second;

	private static Instance site;

	private final ConsistencySession session = new ConsistencySession();

	@BeforeAll
	static void start() {
		site = Instance.start(new MySqlPair(), "foobar.database.failover.timeout=5s",
				"foobar.database.failover.max-waiting=2");
		Notes.create(first);
	}

	@AfterAll
	static void stop() {
		Notes.drop(first);
		site.close();
	}

	@AfterEach
	void restoreRoles() {
		MySqlPair.follow(second, first);
		site.awaitRole(first, ServerRole.PRIMARY);
		site.awaitRole(second, ServerRole.REPLICA);
	}

	@Test
	void stoppedReplicaIsNotRead() {
		MySqlPair.run(second, "STOP REPLICA");
		assertOwnWritesAreSeenUntil(ServerRole.DETACHED);
	}

	@Test
	void replicaWithAnApplierErrorIsNotRead() {
		MySqlPair.run(second, "SET GLOBAL super_read_only = OFF", "SET sql_log_bin = OFF",
				"INSERT INTO notes (id, author, number) VALUES (4711, 0, 0)", "SET GLOBAL super_read_only = ON");
		try {
			this.session.write(site,
					(jdbc) -> jdbc.sql("INSERT INTO notes (id, author, number) VALUES (4711, 1, 1)").update());
			assertOwnWritesAreSeenUntil(ServerRole.DETACHED);
		}
		finally {
			MySqlPair.run(second, "SET GLOBAL super_read_only = OFF", "SET sql_log_bin = OFF",
					"DELETE FROM notes WHERE id = 4711", "SET GLOBAL super_read_only = ON");
		}
	}

	@Test
	void replicaWithAResetGtidSetIsNotRead() {
		this.session.write(site, Notes.write(2, 1));
		MySqlPair.awaitReplicas();
		String executed = MySqlPair.query(second, "SELECT @@global.gtid_executed");
		MySqlPair.run(second, "STOP REPLICA", "RESET BINARY LOGS AND GTIDS");
		try {
			assertOwnWritesAreSeenUntil(ServerRole.DETACHED);
			assertThat(node(second).hasExecuted(GtidSet.parse(executed))).isFalse();
		}
		finally {
			MySqlPair.run(second, "SET GLOBAL gtid_purged = '%s'".formatted(executed));
		}
	}

	@Test
	void killedReplicaIsNotReadUntilItIsBack() {
		MySqlPair.kill(second);
		assertOwnWritesAreSeenUntil(ServerRole.UNKNOWN);
		MySqlPair.restart(second);
		site.awaitRole(second, ServerRole.REPLICA);
		double onReplica = site.routedTransactions(RoutingReason.REPLICA, RoutingReason.CAUGHT_UP);
		new ConsistencySession().read(site, Notes.newest(3));
		assertThat(site.routedTransactions(RoutingReason.REPLICA, RoutingReason.CAUGHT_UP)).isEqualTo(onReplica + 1);
	}

	private void assertOwnWritesAreSeenUntil(ServerRole role) {
		Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
			int number = (int) (System.nanoTime() / 1000 % Integer.MAX_VALUE);
			this.session.write(site, Notes.write(number, number));
			assertThat(this.session.read(site, Notes.newest(number))).isEqualTo(number);
			return site.topology().role(node(second)) == role;
		});
	}

	@Test
	void readFromAServerThatFreezesIsRetriedOnAnotherServer() {
		var attempts = new AtomicInteger();
		long began = System.nanoTime();
		try {
			int seen = new ConsistencySession().read(site, (jdbc) -> {
				if (attempts.incrementAndGet() == 1) {
					Notes.newest(4).apply(jdbc);
					MySqlPair.freeze(second);
				}
				return Notes.newest(4).apply(jdbc);
			});
			Duration took = Duration.ofNanos(System.nanoTime() - began);
			logger.info("A read from a server that froze took {} ms", took.toMillis());
			assertThat(seen).isZero();
			assertThat(attempts).hasValue(2);
			assertThat(took).isLessThan(Duration.ofSeconds(10));
		}
		finally {
			MySqlPair.thaw(second);
		}
	}

	@Test
	void strongReadWithoutPrimaryIsDegraded() {
		withoutPrimary(() -> {
			double degraded = site.counterValue("database.reads.degraded");
			try (var context = ConsistencyContext.begin("", true)) {
				assertThat(site.work().read(Notes.newest(5))).isZero();
				assertThat(context.isDegraded()).isTrue();
			}
			assertThat(site.counterValue("database.reads.degraded")).isGreaterThan(degraded);
		});
	}

	@Test
	void writesWaitForAPrimaryUpToTheLimit() {
		withoutPrimary(() -> {
			var done = new CountDownLatch(2);
			Threads.run(4, (number) -> {
				if (number <= 2) {
					new ConsistencySession().write(site, Notes.write(6, number));
					done.countDown();
				}
				else if (number == 3) {
					Awaitility.await().until(() -> waitingWrites() == 2);
					assertThatExceptionOfType(NoServerException.class)
						.isThrownBy(() -> new ConsistencySession().write(site, Notes.write(6, 9)))
						.withMessageContaining("[2] wait for one already");
					assertThat(done.getCount()).isEqualTo(2);
					MySqlPair.run(first, "SET GLOBAL super_read_only = OFF", "SET GLOBAL read_only = OFF");
				}
			});
			assertThat(new ConsistencySession().write(site, Notes.write(6, 3))).isOne();
		});
	}

	private static double waitingWrites() {
		return site.bean(MeterRegistry.class).get("database.primary.waiting").gauge().value();
	}

	private static void withoutPrimary(Runnable work) {
		MySqlPair.run(first, "SET GLOBAL super_read_only = ON");
		site.awaitRole(first, ServerRole.DETACHED);
		work.run();
	}

	@Test
	void errantTransactionsDoNotDelayReads() {
		MySqlPair.awaitReplicas();
		String executed = MySqlPair.query(second, "SELECT @@global.gtid_executed");
		MySqlPair.run(second, "SET GLOBAL super_read_only = OFF", "CREATE TABLE errant (id INT PRIMARY KEY)",
				"SET GLOBAL super_read_only = ON");
		try {
			String uuid = MySqlPair.query(second, "SELECT @@server_uuid");
			Awaitility.await().until(() -> !node(first).executed().contains(node(second).executed().ofSource(uuid)));
			double lost = site.counterValue("database.writes.lost");
			assertThat(this.session.<Integer>read(site, Notes.newest(9))).isZero();
			MySqlPair.run(second, "STOP REPLICA");
			assertOwnWritesAreSeenUntil(ServerRole.DETACHED);
			assertThat(site.counterValue("database.writes.lost")).isEqualTo(lost);
		}
		finally {
			MySqlPair.run(second, "STOP REPLICA", "SET sql_log_bin = OFF", "SET GLOBAL super_read_only = OFF",
					"DROP TABLE errant", "RESET BINARY LOGS AND GTIDS",
					"SET GLOBAL gtid_purged = '%s'".formatted(executed));
		}
	}

	@Test
	void errantTransactionsBecomeOrdinaryOnceTheReplicaIsThePrimary() {
		String uuid = MySqlPair.query(second, "SELECT @@server_uuid");
		MySqlPair.run(second, "SET GLOBAL super_read_only = OFF", "CREATE TABLE own (id INT PRIMARY KEY)",
				"DROP TABLE own", "SET GLOBAL super_read_only = ON");
		Awaitility.await().until(() -> !node(first).executed().contains(node(second).executed().ofSource(uuid)));
		MySqlPair.follow(first, second);
		site.awaitRole(second, ServerRole.PRIMARY);
		MySqlPair.run(first, "STOP REPLICA SQL_THREAD", "CHANGE REPLICATION SOURCE TO SOURCE_DELAY = 1",
				"START REPLICA SQL_THREAD");
		try {
			site.awaitRole(first, ServerRole.REPLICA);
			for (int number = 20; number < 25; number++) {
				this.session.write(site, Notes.write(number, number));
				assertThat(this.session.read(site, Notes.newest(number))).isEqualTo(number);
			}
		}
		finally {
			MySqlPair.awaitReplica(first, second);
		}
	}

	// The replica does not have the write when it becomes the primary.
	@Test
	void writeLostInAFailoverIsCountedOnce() {
		double lost = site.counterValue("database.writes.lost");
		MySqlPair.run(second, "STOP REPLICA");
		this.session.write(site, Notes.write(7, 1));
		MySqlPair.kill(first);
		MySqlPair.run(second, "SET GLOBAL super_read_only = OFF", "SET GLOBAL read_only = OFF");
		try {
			site.awaitRole(second, ServerRole.PRIMARY);
			assertThat(this.session.read(site, Notes.newest(7))).isZero();
			assertThat(site.counterValue("database.writes.lost")).isEqualTo(lost + 1);
			assertThat(this.session.read(site, Notes.newest(7))).isZero();
			assertThat(site.counterValue("database.writes.lost")).isEqualTo(lost + 1);
		}
		finally {
			MySqlPair.run(second, "SET GLOBAL super_read_only = ON");
			MySqlPair.restart(first);
		}
	}

	@Test
	void instanceStartedWhileTheDatabaseIsDownWorksOnceItIsUp() {
		MySqlPair.kill(first);
		MySqlPair.kill(second);
		try (var early = Instance.start(new MySqlPair(), "spring.flyway.enabled=false")) {
			assertThat(early.topology().withRole(ServerRole.UNKNOWN)).hasSize(2);
			Threads.run(2, (number) -> {
				if (number == 1) {
					assertThat(new ConsistencySession().write(early, Notes.write(8, 1))).isOne();
				}
				else {
					MySqlPair.restart(first, second);
				}
			});
			early.awaitRole(second, ServerRole.REPLICA);
			assertThat(early.work().readStrongly(Notes.newest(8))).isOne();
		}
	}

	private static Node node(MySQLContainer server) {
		return site.node(server);
	}

}
