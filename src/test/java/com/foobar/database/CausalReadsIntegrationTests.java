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
 * Visitors of two instances with a delayed replica see their own writes and never older
 * data than before.
 */
class CausalReadsIntegrationTests {

	private static final Logger logger = LoggerFactory.getLogger(CausalReadsIntegrationTests.class);

	// Digest of the position query to the primary.
	private static final String POSITION_QUERY = "SELECT @@GLOBAL . `gtid_executed` AS%";

	private static final MySQLContainer first = MySqlPair.first;

	private static final MySQLContainer second = MySqlPair.second;

	private static Instance one;

	private static Instance other;

	@BeforeAll
	static void startTwoInstances() {
		one = Instance.on(new MySqlPair());
		other = Instance.on(new MySqlPair());
		Notes.create(first);
	}

	@AfterAll
	static void stopTwoInstances() {
		Notes.drop(first);
		one.close();
		other.close();
	}

	@AfterEach
	void awaitReplicas() {
		MySqlPair.delay(Duration.ZERO);
		MySqlPair.awaitReplicas();
		one.awaitRole(second, ServerRole.REPLICA);
		other.awaitRole(second, ServerRole.REPLICA);
	}

	@Test
	void ownWritesAreVisibleOnEveryInstance() {
		MySqlPair.delay(Duration.ofSeconds(1));
		var ownReads = new AtomicInteger();
		var stale = new AtomicInteger();
		double onReplica = one.routed(RoutingReason.REPLICA, RoutingReason.CAUGHT_UP);
		double onPrimary = one.routed(RoutingReason.BEHIND, RoutingReason.NO_REPLICA);
		// A visitor without position reads meanwhile.
		Crowd.meanwhile(() -> new Person().read(one, Notes.newest(1)), () -> Crowd.together(8, (author) -> {
			var person = new Person();
			for (int number = 1; number <= 250; number++) {
				person.write(any(), Notes.write(author, number));
				for (int i = 0; i < 5; i++) {
					ownReads.incrementAndGet();
					if (person.read(other, Notes.newest(author)) != number) {
						stale.incrementAndGet();
					}
				}
			}
		}));
		onReplica = one.routed(RoutingReason.REPLICA, RoutingReason.CAUGHT_UP) - onReplica;
		onPrimary = one.routed(RoutingReason.BEHIND, RoutingReason.NO_REPLICA) - onPrimary;
		logger.info("{} reads of own writes, {} of them stale; {} reads without position, {} % of them on the replica",
				ownReads, stale, (int) (onReplica + onPrimary), 100 * onReplica / (onReplica + onPrimary));
		assertThat(ownReads).hasValue(10_000);
		assertThat(stale).hasValue(0);
		assertThat(onReplica).isGreaterThan(100).isGreaterThan(19 * onPrimary);
	}

	@Test
	void apiClientWithoutPositionSeesAllAcknowledgedWrites() {
		MySqlPair.delay(Duration.ofSeconds(1));
		Crowd.together(4, (person) -> {
			int author = 20 + person;
			for (int number = 1; number <= 250; number++) {
				new Person().write(any(), Notes.write(author, number));
				assertThat(Person.readWithoutPosition(any(), Notes.newest(author))).isEqualTo(number);
			}
		});
	}

	@Test
	void strongTransactionSeesAllAcknowledgedWrites() {
		MySqlPair.delay(Duration.ofSeconds(1));
		for (int number = 1; number <= 100; number++) {
			one.work().write(Notes.write(30, number));
			assertThat(other.work().readStrongly(Notes.newest(30))).isEqualTo(number);
		}
	}

	@Test
	void strongReadsSharePositionQueriesAndRunOnTheReplica() {
		double onReplica = one.routed(RoutingReason.REPLICA, RoutingReason.CAUGHT_UP);
		long queries = statements(first, POSITION_QUERY);
		Crowd.together(16, (reader) -> {
			for (int i = 0; i < 250; i++) {
				Person.readWithoutPosition(one, Notes.newest(1));
			}
		});
		queries = statements(first, POSITION_QUERY) - queries;
		logger.info("4000 strong reads by 16 readers asked the primary {} times", queries);
		assertThat(queries).isBetween(1L, 3600L);
		assertThat(one.routed(RoutingReason.REPLICA, RoutingReason.CAUGHT_UP) - onReplica).isGreaterThan(3900);
	}

	@Test
	void dataNeverGetsOlder() {
		var number = new AtomicInteger();
		Crowd.meanwhile(() -> new Person().write(other, Notes.write(40, number.incrementAndGet())), () -> Crowd
			.meanwhile(CausalReadsIntegrationTests::pauseReplication, () -> Crowd.together(4, (reader) -> {
				var person = new Person();
				int seen = 0;
				for (int i = 0; i < 1500; i++) {
					int newest = person.read(any(), Notes.newest(40));
					assertThat(newest).isGreaterThanOrEqualTo(seen);
					seen = newest;
				}
			})));
		assertThat(number).hasValueGreaterThan(100);
	}

	private static void pauseReplication() {
		MySqlPair.run(second, "STOP REPLICA SQL_THREAD", "DO SLEEP(0.1)", "START REPLICA SQL_THREAD", "DO SLEEP(0.2)");
	}

	@Test
	void readFromAReplicaKnownToHaveThePositionNeedsNoExtraStatement() {
		var person = new Person();
		person.write(one, Notes.write(45, 1));
		Awaitility.await().until(() -> isReadFromReplica(person));
		long waits = waits();
		long selects = selects();
		for (int i = 0; i < 100; i++) {
			assertThat(person.read(one, Notes.newest(45))).isOne();
		}
		assertThat(waits() - waits).isZero();
		assertThat(selects() - selects).isEqualTo(100);
	}

	private static boolean isReadFromReplica(Person person) {
		double before = one.routed(RoutingReason.REPLICA);
		person.read(one, Notes.newest(45));
		return one.routed(RoutingReason.REPLICA) > before;
	}

	@Test
	void waitForAReplicaJustBehindNeedsOneStatement() {
		double caughtUp = one.routed(RoutingReason.CAUGHT_UP);
		long waits = waits();
		int rounds = 200;
		var person = new Person();
		for (int number = 1; number <= rounds; number++) {
			person.write(one, Notes.write(50, number));
			assertThat(person.read(one, Notes.newest(50))).isEqualTo(number);
		}
		long waited = (long) (one.routed(RoutingReason.CAUGHT_UP) - caughtUp);
		logger.info("{} of {} reads right after a write waited for the replica", waited, rounds);
		assertThat(waited).isGreaterThan(rounds / 4);
		// A wait that is longer than one query may wait needs another query.
		assertThat(waits() - waits).isBetween(waited, rounds + rounds / 10L);
	}

	@Test
	void waitsForOneReplicaShareAQueryAndBorrowNoConnection() {
		try (var patient = Instance.on(new MySqlPair(), "foobar.database.read.catch-up-timeout=5s",
				"foobar.database.read.timeout=5s")) {
			patient.awaitRole(second, ServerRole.REPLICA);
			var writer = new Person();
			Connection commitLock = MySqlPair.blockCommits(second);
			writer.write(patient, Notes.write(60, 1));
			long waits = waits();
			long began = System.nanoTime();
			Crowd.together(51, (person) -> {
				if (person == 51) {
					releaseOnceAllWait(commitLock, patient);
				}
				else {
					assertThat(writer.copy().read(patient, Notes.newest(60))).isOne();
				}
			});
			assertThat(patient.routed(RoutingReason.CAUGHT_UP)).isEqualTo(50);
			// All waits share one query every 20 ms.
			long longest = Duration.ofNanos(System.nanoTime() - began).toMillis() / 20 + 1;
			assertThat(waits() - waits).isBetween(1L, longest);
		}
	}

	private static void releaseOnceAllWait(Connection commitLock, Instance instance) {
		Awaitility.await()
			.until(() -> MySqlPair.ask(second,
					"SELECT COUNT(*) FROM information_schema.processlist WHERE info LIKE 'SELECT WAIT_FOR%'"),
					"1"::equals);
		assertThat(instance.cluster().nodes()).allSatisfy((node) -> assertThat(node.readPool().inFlight()).isZero());
		release(commitLock);
	}

	private static long waits() {
		return statements(second, "SELECT `WAIT_FOR_EXECUTED_GTID_SET`%");
	}

	// Counts only the site's account, because the probes use another one.
	private static long selects() {
		return Long.parseLong(MySqlPair.ask(second, """
				SELECT SUM(count_star) FROM performance_schema.events_statements_summary_by_user_by_event_name
				 WHERE user = 'site' AND event_name = 'statement/sql/select'
				"""));
	}

	private static long statements(MySQLContainer server, String pattern) {
		return Long.parseLong(MySqlPair.ask(server, """
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

	private static Instance any() {
		return ThreadLocalRandom.current().nextBoolean() ? one : other;
	}

}
