package com.foobar.database.routing;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.foobar.database.DatabaseProperties;
import com.foobar.database.MySqlPair;
import com.foobar.database.NoServerException;
import com.foobar.database.NodeAddress;
import com.foobar.database.Threads;
import com.foobar.database.UnknownOutcomeException;
import com.foobar.database.Work;
import com.foobar.database.actuate.DatabaseEndpoint;
import com.foobar.database.connection.AccessMode;
import com.foobar.database.connection.MySqlUrl;
import com.foobar.database.connection.PoolFactory;
import com.foobar.database.server.Cluster;
import com.foobar.database.server.Node;
import com.foobar.database.topology.ServerRole;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.transaction.IllegalTransactionStateException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.testcontainers.mysql.MySQLContainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests the routing with two real servers, each of which reports its server_id. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "foobar.database.failover.timeout=1s")
@ContextConfiguration(initializers = MySqlPair.class)
@Import(Work.class)
class RoutingIntegrationTests {

	private static final String WAITING_COMMITS = """
			SELECT COUNT(*) FROM information_schema.processlist WHERE user = 'site' AND state LIKE '%commit lock%'
			""";

	private static final MySQLContainer first = MySqlPair.first;

	private static final MySQLContainer second = MySqlPair.second;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	PlatformTransactionManager transactions;

	@Autowired
	Cluster cluster;

	@Autowired
	MeterRegistry meters;

	@Autowired
	DatabaseEndpoint endpoint;

	@Autowired
	DatabaseProperties properties;

	@Autowired
	Work work;

	private TransactionTemplate reading;

	private TransactionTemplate writing;

	@BeforeEach
	void createTransactionTemplates() {
		this.writing = new TransactionTemplate(this.transactions);
		this.reading = new TransactionTemplate(this.transactions);
		this.reading.setReadOnly(true);
		awaitRoles(ServerRole.PRIMARY, ServerRole.REPLICA);
	}

	@AfterEach
	void restoreRoles() {
		MySqlPair.follow(second, first);
	}

	@Test
	void readOnlyTransactionIsServedByTheReplica() {
		assertThat(this.reading.<Integer>execute((tx) -> serverId())).isEqualTo(2);
	}

	@Test
	void anyOtherTransactionIsServedByThePrimary() {
		assertThat(this.writing.<Integer>execute((tx) -> serverId())).isEqualTo(1);
	}

	@Test
	void statementOutsideAnyTransactionIsServedByThePrimary() {
		assertThat(serverId()).isEqualTo(1);
	}

	@Test
	void transactionThatRunsNothingTakesNoConnection() {
		Node replica = node(second);
		int inFlightBefore = replica.readPool().inFlight();
		this.reading.executeWithoutResult((tx) -> assertThat(replica.readPool().inFlight()).isEqualTo(inFlightBefore));
	}

	@Test
	void transactionsCostNoMoreStatementsThanOnPresetPools() throws SQLException {
		this.writing.executeWithoutResult((tx) -> serverId());
		this.reading.executeWithoutResult((tx) -> serverId());
		try (HikariDataSource pool = presetPool()) {
			selectAndCommit(pool);
			// The comparison is repeated until nothing else runs, because the pools of
			// other instances open connections, too.
			Awaitility.await().untilAsserted(() -> {
				long direct = statementsDuring(second, () -> selectAndCommit(pool));
				assertThat(direct).isEqualTo(100);
				assertThat(statementsDuring(second, () -> this.reading.execute((tx) -> serverId()))).isEqualTo(direct);
				assertThat(statementsDuring(first, () -> this.writing.execute((tx) -> serverId()))).isEqualTo(direct);
			});
		}
	}

	private HikariDataSource presetPool() {
		NodeAddress address = NodeAddress.parse(MySqlPair.address(second));
		String url = MySqlUrl.forSite(address, this.properties, AccessMode.READ);
		return PoolFactory.open(new HikariConfig(), "direct", AccessMode.READ, url, "site", MySqlPair.PASSWORD);
	}

	private static void selectAndCommit(HikariDataSource pool) {
		try (Connection connection = pool.getConnection(); var statement = connection.createStatement()) {
			statement.executeQuery("SELECT @@server_id");
			connection.commit();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	// Returns how many statements of any kind the site's account executes on the server
	// while the work runs 50 times.
	private static long statementsDuring(MySQLContainer server, Runnable work) {
		long countBefore = statementCount(server);
		for (int i = 0; i < 50; i++) {
			work.run();
		}
		return statementCount(server) - countBefore;
	}

	private static long statementCount(MySQLContainer server) {
		return Long.parseLong(MySqlPair.query(server, """
				SELECT SUM(count_star) FROM performance_schema.events_statements_summary_by_user_by_event_name
				 WHERE user = 'site'
				"""));
	}

	@Test
	void statementOutsideAnyTransactionIsCommitted() {
		insertUser("at-once");
		assertThat(MySqlPair.query(first, "SELECT COUNT(*) FROM users WHERE username = 'at-once'")).isEqualTo("1");
	}

	@Test
	void writeInReadOnlyTransactionFails() {
		assertWriteIsRefused();
	}

	@Test
	void writeInReadOnlyTransactionFailsOnThePrimaryToo() {
		MySqlPair.run(second, "STOP REPLICA");
		awaitRoles(ServerRole.PRIMARY, ServerRole.DETACHED);
		assertThat(this.reading.<Integer>execute((tx) -> serverId())).isEqualTo(1);
		assertWriteIsRefused();
	}

	private void assertWriteIsRefused() {
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> this.reading.executeWithoutResult((tx) -> insertUser("sneaky")))
			.havingRootCause()
			.withMessageContaining("read-only");
		assertThat(users("sneaky")).isZero();
	}

	@Test
	void serverItselfKnowsThatTheTransactionIsReadOnly() {
		assertThat(this.reading.<Boolean>execute((tx) -> transactionIsReadOnly())).isTrue();
		assertThat(this.writing.<Boolean>execute((tx) -> transactionIsReadOnly())).isFalse();
	}

	@Test
	void writingTransactionInsideReadOnlyOneIsRefused() {
		assertThatExceptionOfType(IllegalTransactionStateException.class).isThrownBy(() -> this.reading
			.executeWithoutResult((outer) -> this.writing.executeWithoutResult((inner) -> insertUser("nested"))));
	}

	@Test
	void strongTransactionInsideOneThatIsNotIsRefused() {
		assertThatExceptionOfType(IllegalTransactionStateException.class)
			.isThrownBy(() -> this.reading.executeWithoutResult((outer) -> this.work.readStrongly((jdbc) -> 1)))
			.withMessageContaining("[strong]");
	}

	@Test
	void switchedRolesAreNoticedWithoutRestart() {
		this.writing.executeWithoutResult((tx) -> serverId());
		String connections = MySqlPair.query(first,
				"SELECT GROUP_CONCAT(id) FROM information_schema.processlist WHERE user = 'site'");
		MySqlPair.follow(first, second);
		awaitRoles(ServerRole.REPLICA, ServerRole.PRIMARY);
		assertThat(this.writing.<Integer>execute((tx) -> serverId())).isEqualTo(2);
		assertThat(this.reading.<Integer>execute((tx) -> serverId())).isEqualTo(1);
		this.writing.executeWithoutResult((tx) -> insertUser("after-the-switch"));
		assertThat(users("after-the-switch")).isOne();
		assertThat(this.endpoint.database().primary()).isEqualTo(name(second));
		assertThat(this.endpoint.database().changes())
			.anySatisfy((change) -> assertThat(change.toString()).contains(name(first)).contains("was PRIMARY"))
			.anySatisfy((change) -> assertThat(change.toString()).contains(name(second)).contains("is now PRIMARY"));
		// The site closes the connections that it has opened to a primary when that
		// server becomes a replica.
		Awaitility.await()
			.until(() -> MySqlPair.query(first,
					"SELECT COUNT(*) FROM information_schema.processlist WHERE id IN (%s)".formatted(connections)),
					"0"::equals);
	}

	@Test
	void demotedPrimaryGetsNoMoreWrites() {
		MySqlPair.run(first, "SET GLOBAL super_read_only = ON");
		assertThatExceptionOfType(TransientDataAccessResourceException.class).isThrownBy(() -> insertUser("too-late"));
		Awaitility.await().until(() -> this.cluster.topology().primary().isEmpty());
		assertThatExceptionOfType(NoServerException.class).isThrownBy(() -> insertUser("too-late"))
			.withMessageContaining("No database server accepts writes");
		assertThat(this.reading.<Integer>execute((tx) -> serverId())).isEqualTo(2);
	}

	@Test
	void twoWritableServersGetNoWrites() {
		MySqlPair.run(second, "SET GLOBAL read_only = OFF");
		awaitRoles(ServerRole.PRIMARY, ServerRole.PRIMARY);
		assertThatExceptionOfType(NoServerException.class)
			.isThrownBy(() -> this.writing.executeWithoutResult((tx) -> insertUser("torn")));
		assertThat(this.reading.<Integer>execute((tx) -> serverId())).isIn(1, 2);
	}

	@Test
	void unresponsiveServerIsNotWaitedFor() {
		MySqlPair.freeze(second);
		try {
			long began = System.nanoTime();
			assertThat(this.work.<Integer>read((jdbc) -> serverId())).isEqualTo(1);
			assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(6));
			Awaitility.await()
				.atMost(Duration.ofSeconds(5))
				.until(() -> this.cluster.topology().role(node(second)) == ServerRole.UNKNOWN);
			assertThat(this.reading.<Integer>execute((tx) -> serverId())).isEqualTo(1);
		}
		finally {
			MySqlPair.thaw(second);
		}
	}

	@Test
	void readWhoseConnectionIsCutRunsAgain() {
		var attempts = new AtomicInteger();
		int server = this.work.read((jdbc) -> {
			serverId();
			if (attempts.incrementAndGet() == 1) {
				killConnections(second);
			}
			return serverId();
		});
		assertThat(server).isIn(1, 2);
		assertThat(attempts).hasValue(2);
	}

	@Test
	void writeWhoseConnectionIsCutBeforeItsFirstStatementSucceeds() {
		for (int i = 0; i < 5; i++) {
			this.work.write((jdbc) -> serverId());
			killConnections(first);
			assertThat(this.work.<Integer>write((jdbc) -> insertUser("before-" + UUID.randomUUID()))).isOne();
		}
	}

	@Test
	void writeWhoseConnectionIsCutAfterAStatementDoesNotRunAgain() {
		var attempts = new AtomicInteger();
		assertThatExceptionOfType(RecoverableDataAccessException.class).isThrownBy(() -> this.work.write((jdbc) -> {
			insertUser("after");
			attempts.incrementAndGet();
			killConnections(first);
			return serverId();
		}));
		assertThat(attempts).hasValue(1);
		assertThat(users("after")).isZero();
	}

	@Test
	void idempotentWriteRunsAgainAfterAStatementToo() {
		var attempts = new AtomicInteger();
		this.work.writeIdempotently((jdbc) -> {
			int rows = insertUser("repeated");
			if (attempts.incrementAndGet() == 1) {
				killConnections(first);
			}
			return rows + serverId();
		});
		assertThat(attempts).hasValue(2);
		assertThat(users("repeated")).isOne();
	}

	@Test
	void writeWhoseConnectionIsCutDuringCommitHasAnUnknownOutcome() throws Exception {
		var attempts = new AtomicInteger();
		var lock = new CompletableFuture<Connection>();
		double unknown = unknownOutcomes();
		var write = CompletableFuture.supplyAsync(() -> this.work.write((jdbc) -> {
			attempts.incrementAndGet();
			insertUser("during");
			lock.complete(MySqlPair.blockCommits(first));
			return 1;
		}));
		try (Connection commitLock = lock.get()) {
			Awaitility.await().until(() -> MySqlPair.query(first, WAITING_COMMITS), "1"::equals);
			killConnections(first);
			assertThat(write).failsWithin(Duration.ofSeconds(10))
				.withThrowableThat()
				.withCauseInstanceOf(UnknownOutcomeException.class);
		}
		assertThat(attempts).hasValue(1);
		assertThat(unknownOutcomes() - unknown).isEqualTo(1);
	}

	private double unknownOutcomes() {
		return this.meters.counter("database.outcomes.unknown").count();
	}

	@Test
	void writeThatLosesADeadlockRunsAgain() {
		insertUser("left");
		insertUser("right");
		var attempts = new AtomicInteger();
		var barrier = new CyclicBarrier(2);
		Threads.run(2, (number) -> this.work.write((jdbc) -> {
			boolean again = attempts.incrementAndGet() > 2;
			updateBio((number == 1) ? "left" : "right");
			if (!again) {
				awaitOther(barrier);
			}
			return updateBio((number == 1) ? "right" : "left");
		}));
		assertThat(attempts).hasValue(3);
	}

	@Test
	void writeThatWaitsForALockedRowDoesNotRunAgainAndItsServerIsNotSuspect() {
		insertUser("locked");
		var attempts = new AtomicInteger();
		this.work.write((held) -> {
			updateBio("locked");
			Threads.runInNewThread(() -> {
				long began = System.nanoTime();
				assertThatExceptionOfType(CannotAcquireLockException.class).isThrownBy(() -> this.work.write((jdbc) -> {
					attempts.incrementAndGet();
					return updateBio("locked");
				}));
				assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofSeconds(4),
						Duration.ofSeconds(9));
			});
			return 0;
		});
		assertThat(attempts).hasValue(1);
		assertThat(node(first).isSuspect()).isFalse();
	}

	@Test
	void tooSlowReadIsEndedByItsServerAndDoesNotRunAgain() {
		var attempts = new AtomicInteger();
		long began = System.nanoTime();
		assertThatExceptionOfType(QueryTimeoutException.class).isThrownBy(() -> this.work.read((jdbc) -> {
			attempts.incrementAndGet();
			return jdbc.sql("SELECT COUNT(*) FROM information_schema.collations WHERE SLEEP(0.1)")
				.query(Integer.class)
				.single();
		}));
		assertThat(Duration.ofNanos(System.nanoTime() - began)).isBetween(Duration.ofMillis(1400),
				Duration.ofSeconds(4));
		assertThat(attempts).hasValue(1);
		assertThat(node(second).isSuspect()).isFalse();
	}

	@Test
	void duplicateUsernameIsReported() {
		insertUser("twice");
		assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(() -> insertUser("TWICE"))
			.withMessageContaining("users_");
	}

	private static void killConnections(MySQLContainer server) {
		String kill = MySqlPair.query(server,
				"SELECT GROUP_CONCAT('KILL ', id SEPARATOR ';') FROM information_schema.processlist WHERE user = 'site'");
		for (String statement : kill.split(";")) {
			try {
				MySqlPair.run(server, statement);
			}
			catch (IllegalStateException ex) {
				// The connection may have ended just before.
				assertThat(ex).hasRootCauseMessage("Unknown thread id: " + statement.replace("KILL ", ""));
			}
		}
	}

	private int serverId() {
		return this.jdbc.sql("SELECT @@server_id").query(Integer.class).single();
	}

	private boolean transactionIsReadOnly() {
		return this.jdbc.sql("SELECT @@session.transaction_read_only").query(Boolean.class).single();
	}

	private int insertUser(String name) {
		return this.jdbc
			.sql("INSERT INTO users (username, email, password, created_at) VALUES (:name, :name, '!', NOW(6))")
			.param("name", name)
			.update();
	}

	private int updateBio(String name) {
		return this.jdbc.sql("UPDATE users SET bio = 'changed' WHERE username = :name").param("name", name).update();
	}

	private static void awaitOther(CyclicBarrier barrier) {
		try {
			barrier.await(10, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException("The other transaction did not reach the barrier", ex);
		}
	}

	private int users(String name) {
		return this.jdbc.sql("SELECT COUNT(*) FROM users WHERE username = :name")
			.param("name", name)
			.query(Integer.class)
			.single();
	}

	private void awaitRoles(ServerRole ofFirst, ServerRole ofSecond) {
		Awaitility.await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
			assertThat(this.cluster.topology().roles()).containsEntry(node(first), ofFirst)
				.containsEntry(node(second), ofSecond);
		});
	}

	private Node node(MySQLContainer server) {
		return this.cluster.nodes()
			.stream()
			.filter((node) -> node.name().equals(name(server)))
			.findFirst()
			.orElseThrow();
	}

	private static String name(MySQLContainer server) {
		return NodeAddress.parse(MySqlPair.address(server)).name();
	}

}
