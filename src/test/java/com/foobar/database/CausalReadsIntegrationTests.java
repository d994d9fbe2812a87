package com.foobar.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

import com.foobar.database.routing.RoutingReason;
import com.foobar.database.topology.ServerRole;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.mysql.MySQLContainer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that visitors of two instances with a delayed replica see their own writes and
 * never see older data than before.
 */
class CausalReadsIntegrationTests {

	private static final Logger logger = LoggerFactory.getLogger(CausalReadsIntegrationTests.class);

	// Matches the digest of the query that asks the primary for its position.
	private static final String POSITION_QUERY = "SELECT @@GLOBAL . `gtid_executed` AS%";

	private static final MySQLContainer first = MySqlPair.first;

	private static final MySQLContainer second = MySqlPair.second;

	private static Instance firstInstance;

	private static Instance secondInstance;

	@BeforeAll
	static void startTwoInstances() {
		firstInstance = Instance.start(new MySqlPair());
		secondInstance = Instance.start(new MySqlPair());
		Notes.create(first);
	}

	@AfterAll
	static void stopTwoInstances() {
		Notes.drop(first);
		firstInstance.close();
		secondInstance.close();
	}

	@AfterEach
	void awaitReplicas() {
		MySqlPair.delay(Duration.ZERO);
		MySqlPair.awaitReplicas();
		firstInstance.awaitRole(second, ServerRole.REPLICA);
		secondInstance.awaitRole(second, ServerRole.REPLICA);
	}

	@Test
	void ownWritesAreVisibleOnEveryInstance() {
		MySqlPair.delay(Duration.ofSeconds(1));
		var ownReads = new AtomicInteger();
		var stale = new AtomicInteger();
		double onReplica = firstInstance.routedTransactions(RoutingReason.REPLICA, RoutingReason.CAUGHT_UP);
		double onPrimary = firstInstance.routedTransactions(RoutingReason.BEHIND, RoutingReason.NO_REPLICA);
		// Meanwhile, a visitor without a position reads.
		Runnable readWithoutPosition = () -> new ConsistencySession().read(firstInstance, Notes.newest(1));
		Threads.repeatDuring(readWithoutPosition, () -> Threads.run(8, (author) -> {
			var session = new ConsistencySession();
			for (int number = 1; number <= 250; number++) {
				session.write(anyInstance(), Notes.write(author, number));
				for (int i = 0; i < 5; i++) {
					ownReads.incrementAndGet();
					if (session.read(secondInstance, Notes.newest(author)) != number) {
						stale.incrementAndGet();
					}
				}
			}
		}));
		onReplica = firstInstance.routedTransactions(RoutingReason.REPLICA, RoutingReason.CAUGHT_UP) - onReplica;
		onPrimary = firstInstance.routedTransactions(RoutingReason.BEHIND, RoutingReason.NO_REPLICA) - onPrimary;
		logger.info("{} reads of own writes, {} of them stale; {} reads without position, {} % of them on the replica",
				ownReads, stale, (int) (onReplica + onPrimary), 100 * onReplica / (onReplica + onPrimary));
		assertThat(ownReads).hasValue(10_000);
		assertThat(stale).hasValue(0);
		assertThat(onReplica + onPrimary).as("reads without position, which are enough for a share").isGreaterThan(100);
		assertThat(onReplica / (onReplica + onPrimary)).as("share of the reads without position on the replica")
			.isGreaterThan(0.95);
	}

	@Test
	void apiClientWithoutPositionSeesAllAcknowledgedWrites() {
		MySqlPair.delay(Duration.ofSeconds(1));
		Threads.run(4, (thread) -> {
			int author = 20 + thread;
			for (int number = 1; number <= 250; number++) {
				new ConsistencySession().write(anyInstance(), Notes.write(author, number));
				assertThat(ConsistencySession.readWithoutPosition(anyInstance(), Notes.newest(author)))
					.isEqualTo(number);
			}
		});
	}

	@Test
	void strongTransactionSeesAllAcknowledgedWrites() {
		MySqlPair.delay(Duration.ofSeconds(1));
		for (int number = 1; number <= 100; number++) {
			firstInstance.work().write(Notes.write(30, number));
			assertThat(secondInstance.work().readStrongly(Notes.newest(30))).isEqualTo(number);
		}
	}

	@Test
	void strongReadsSharePositionQueriesAndRunOnTheReplica() {
		double onReplica = firstInstance.routedTransactions(RoutingReason.REPLICA, RoutingReason.CAUGHT_UP);
		long queries = statementCount(first, POSITION_QUERY);
		int reads = 4000;
		Threads.run(16, (reader) -> {
			for (int i = 0; i < reads / 16; i++) {
				ConsistencySession.readWithoutPosition(firstInstance, Notes.newest(1));
			}
		});
		queries = statementCount(first, POSITION_QUERY) - queries;
		logger.info("{} strong reads of 16 readers queried the position of the primary {} times", reads, queries);
		assertThat(queries).as("position queries, which the pattern must match").isPositive();
		assertThat(reads - queries).as("strong reads that shared the query of another read")
			.isGreaterThanOrEqualTo(reads / 10);
		onReplica = firstInstance.routedTransactions(RoutingReason.REPLICA, RoutingReason.CAUGHT_UP) - onReplica;
		assertThat(onReplica / reads).as("share of the strong reads on the replica").isGreaterThan(0.975);
	}

	@Test
	void dataNeverGetsOlder() {
		var number = new AtomicInteger();
		Runnable write = () -> new ConsistencySession().write(secondInstance,
				Notes.write(40, number.incrementAndGet()));
		Runnable readers = () -> Threads.run(4, (reader) -> {
			var session = new ConsistencySession();
			int seen = 0;
			for (int i = 0; i < 1500; i++) {
				int newest = session.read(anyInstance(), Notes.newest(40));
				assertThat(newest).isGreaterThanOrEqualTo(seen);
				seen = newest;
			}
		});
		Threads.repeatDuring(write, () -> Threads.repeatDuring(CausalReadsIntegrationTests::pauseReplication, readers));
		assertThat(number.get()).as("writes during the reads").isGreaterThan(100);
	}

	private static void pauseReplication() {
		MySqlPair.run(second, "STOP REPLICA SQL_THREAD", "DO SLEEP(0.1)", "START REPLICA SQL_THREAD", "DO SLEEP(0.2)");
	}

	@Test
	void readFromAReplicaKnownToHaveThePositionNeedsNoExtraStatement() {
		var session = new ConsistencySession();
		session.write(firstInstance, Notes.write(45, 1));
		Awaitility.await().until(() -> isReadFromReplica(session));
		long waits = waitQueryCount();
		long selects = selectCount();
		for (int i = 0; i < 100; i++) {
			assertThat(session.read(firstInstance, Notes.newest(45))).isOne();
		}
		assertThat(waitQueryCount() - waits).isZero();
		assertThat(selectCount() - selects).isEqualTo(100);
	}

	private static boolean isReadFromReplica(ConsistencySession session) {
		double routedBefore = firstInstance.routedTransactions(RoutingReason.REPLICA);
		session.read(firstInstance, Notes.newest(45));
		return firstInstance.routedTransactions(RoutingReason.REPLICA) > routedBefore;
	}

	@Test
	void waitForAReplicaJustBehindNeedsOneStatement() {
		double caughtUp = firstInstance.routedTransactions(RoutingReason.CAUGHT_UP);
		long waits = waitQueryCount();
		int rounds = 200;
		var session = new ConsistencySession();
		for (int number = 1; number <= rounds; number++) {
			session.write(firstInstance, Notes.write(50, number));
			assertThat(session.read(firstInstance, Notes.newest(50))).isEqualTo(number);
		}
		long waited = (long) (firstInstance.routedTransactions(RoutingReason.CAUGHT_UP) - caughtUp);
		logger.info("{} of {} reads right after a write waited for the replica", waited, rounds);
		assertThat(waited).as("reads that waited, which are enough for this test").isGreaterThan(rounds / 4);
		// A wait that is longer than one query may wait needs another query.
		assertThat(waitQueryCount() - waits).isBetween(waited, rounds + rounds / 10L);
	}

	@Test
	void waitsForOneReplicaShareAQueryAndBorrowNoConnection() {
		try (var instance = Instance.start(new MySqlPair(), "foobar.database.read.catch-up-timeout=5s",
				"foobar.database.read.timeout=5s")) {
			instance.awaitRole(second, ServerRole.REPLICA);
			var writer = new ConsistencySession();
			Connection commitLock = MySqlPair.blockCommits(second);
			writer.write(instance, Notes.write(60, 1));
			long waits = waitQueryCount();
			long began = System.nanoTime();
			Threads.run(51, (thread) -> {
				if (thread == 51) {
					releaseOnceAllWait(commitLock, instance);
				}
				else {
					assertThat(writer.copy().read(instance, Notes.newest(60))).isOne();
				}
			});
			assertThat(instance.routedTransactions(RoutingReason.CAUGHT_UP)).isEqualTo(50);
			// All waits share one query every 20 ms.
			long longest = Duration.ofNanos(System.nanoTime() - began).toMillis() / 20 + 1;
			assertThat(waitQueryCount() - waits).as("queries, which the pattern must match")
				.isPositive()
				.isLessThanOrEqualTo(longest);
		}
	}

	private static void releaseOnceAllWait(Connection commitLock, Instance instance) {
		Awaitility.await()
			.until(() -> MySqlPair.query(second,
					"SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'SELECT WAIT_FOR%'"),
					"1"::equals);
		assertThat(instance.cluster().nodes()).allSatisfy((node) -> assertThat(node.readPool().inFlight()).isZero());
		release(commitLock);
	}

	private static long waitQueryCount() {
		return statementCount(second, "SELECT `WAIT_FOR_EXECUTED_GTID_SET`%");
	}

	// Counts only the statements of the site's account, because the probes use another
	// account.
	private static long selectCount() {
		return Long.parseLong(MySqlPair.query(second, """
				SELECT SUM(count_star) FROM performance_schema.events_statements_summary_by_user_by_event_name
				 WHERE user = 'site' AND event_name = 'statement/sql/select'
				"""));
	}

	private static long statementCount(MySQLContainer server, String pattern) {
		return Long.parseLong(MySqlPair.query(server, """
				SELECT COALESCE(SUM(count_star), 0) FROM performance_schema.events_statements_summary_by_digest
				 WHERE digest_text LIKE '%s'
				""".formatted(pattern)));
	}

	private static void release(Connection commitLock) {
		try {
			commitLock.close();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Instance anyInstance() {
		return ThreadLocalRandom.current().nextBoolean() ? firstInstance : secondInstance;
	}

}
