package com.foobar.database;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.support.GenericApplicationContext;
import org.testcontainers.mysql.MySQLContainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests a replication group during and after faults, as its members see it. */
@Tag("slow")
class MySqlGroupIntegrationTests {

	// ER_RUN_HOOK_ERROR. The member has left the group while a commit waited for a
	// majority.
	private static final int RUN_HOOK_ERROR = 3100;

	// ER_OPTION_PREVENTS_STATEMENT.
	private static final int READ_ONLY = 1290;

	// ER_TRANS_CACHE_FULL.
	private static final int TOO_LARGE = 1197;

	// This transaction writes 120 kB to the binary log.
	private static final String LARGE_TRANSACTION = """
			INSERT INTO proof.marks
			  WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < 1000)
			SELECT CONCAT('many-', REPEAT(kind, 25), n) FROM numbers JOIN (VALUES ROW('a'), ROW('b'), ROW('c')) kinds (kind)
			""";

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final String mark = UUID.randomUUID().toString();

	private MySQLContainer primary;

	private List<MySQLContainer> others;

	private Stopwatch watch;

	// The table has its own schema, because migrations expect the site's schema to be
	// empty.
	@BeforeAll
	static void createTable() {
		MySqlGroup.run(MySqlGroup.primary(), "CREATE SCHEMA proof",
				"CREATE TABLE proof.marks (mark VARCHAR(36) PRIMARY KEY)");
	}

	@AfterAll
	static void dropTable() {
		MySqlGroup.run(MySqlGroup.primary(), "DROP SCHEMA proof");
	}

	@BeforeEach
	void findPrimary() {
		this.primary = MySqlGroup.primary();
		this.others = new ArrayList<>(MySqlGroup.members);
		this.others.remove(this.primary);
		this.watch = new Stopwatch();
	}

	@AfterEach
	void repair() {
		var repairing = new Stopwatch();
		MySqlGroup.awaitOnline();
		repairing.print("All members are ONLINE again.");
	}

	@Test
	void onlyThePrimaryAcceptsWritesAndAllMembersGetThem() {
		write(this.primary);
		assertThat(this.others).allSatisfy((other) -> assertRefuses(other));
		assertEveryMemberHasTheMark();
	}

	@Test
	void contextUsesTheGroupWithRestrictedAccounts() {
		try (var context = new GenericApplicationContext()) {
			new MySqlGroup().initialize(context);
			var settings = context.getEnvironment();
			String site = settings.getRequiredProperty("foobar.database.username");
			String monitor = settings.getRequiredProperty("foobar.database.monitor.username");
			assertThat(settings.getProperty("foobar.database.nodes", String[].class)).hasSize(3).allSatisfy((node) -> {
				execute(node, monitor, "SELECT * FROM performance_schema.replication_group_members");
				execute(node, site, "SELECT * FROM information_schema.tables WHERE table_schema = 'foobar'");
				assertDenied(() -> execute(node, monitor, "USE foobar"));
				assertDenied(() -> execute(node, site, "USE mysql"));
			});
		}
	}

	private static void assertDenied(ThrowingCallable statement) {
		assertThatExceptionOfType(SQLException.class).isThrownBy(statement).withMessageContaining("denied");
	}

	private static void execute(String node, String username, String sql) throws SQLException {
		String url = "jdbc:mysql://%s/?sslMode=REQUIRED".formatted(node);
		try (var connection = DriverManager.getConnection(url, username, MySqlGroup.PASSWORD);
				var statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	@Test
	void switchoverMovesThePrimary() {
		MySQLContainer next = this.others.getLast();
		MySqlGroup.switchTo(next);
		this.watch.print("The planned switchover has ended.");
		assertThat(MySqlGroup.primary()).isEqualTo(next);
		write(next);
		assertRefuses(this.primary);
	}

	@Test
	void killedPrimaryIsReplacedAndRejoins() {
		write(this.primary);
		MySqlGroup.kill(this.primary);
		MySQLContainer next = awaitSuccessor();
		this.watch.print("Another member accepts writes after the kill.");
		assertHasTheMark(next);
		MySqlGroup.restart(this.primary);
		this.watch.print("The killed member answers again.");
		assertThat(GroupView.of(this.primary).rows()).containsExactly(name(this.primary) + " OFFLINE");
		assertRefuses(this.primary);
		MySqlGroup.join(this.primary);
		this.watch.print("The killed member has joined.");
		Awaitility.await().until(() -> GroupView.of(next).online(), (online) -> online == 3);
		assertThat(MySqlGroup.primary()).isEqualTo(next);
	}

	@Test
	void frozenPrimaryIsReplacedAndStillReportsItselfAsPrimaryAfterThawing() {
		MySqlGroup.freeze(this.primary);
		assertThat(GroupView.of(this.primary).isKnown()).isFalse();
		awaitSuccessor();
		this.watch.print("Another member accepts writes after the freeze.");
		MySqlGroup.thaw(this.primary);
		var thawed = new Stopwatch();
		Awaitility.await().until(() -> GroupView.of(this.primary).hasPrimary(name(this.primary)));
		System.out.println("The thawed member reports " + state(this.primary));
		assertThat(errorCode(this.primary)).isIn(RUN_HOOK_ERROR, READ_ONLY);
		thawed.print("The thawed member has refused the write that began after it thawed.");
		awaitLossOfThePrimaryRole();
		thawed.print("The thawed member reports " + state(this.primary));
		assertThat(count(MySqlGroup.primary())).isZero();
	}

	@Test
	void cutOffPrimaryIsReplacedAndStillAnswers() throws Exception {
		MySqlGroup.cutOff(this.primary);
		var errorCode = start(() -> errorCode(this.primary));
		var successor = start(() -> {
			MySQLContainer next = awaitSuccessor();
			this.watch.print("Another member accepts writes after the primary was cut off.");
			return next;
		});
		Awaitility.await().atMost(TIMEOUT).until(() -> GroupView.of(this.primary).online(), (online) -> online < 3);
		this.watch.print("The member that was cut off reports " + state(this.primary));
		awaitLossOfThePrimaryRole();
		this.watch.print("The member that was cut off reports " + state(this.primary));
		assertThat(errorCode.get()).isEqualTo(RUN_HOOK_ERROR);
		assertRefuses(this.primary);
		assertThat(count(successor.get())).isZero();
	}

	@Test
	void writeWaitsDuringABriefPartition() throws Exception {
		GroupView viewBefore = GroupView.of(this.primary);
		MySqlGroup.cutOff(this.primary);
		var write = start(() -> write(this.primary));
		Awaitility.await().during(Duration.ofSeconds(1)).until(() -> !write.isDone());
		MySqlGroup.reconnect(this.primary);
		assertThat(write.get()).isTrue();
		this.watch.print("The write during the brief partition has ended.");
		assertThat(GroupView.of(this.primary)).isEqualTo(viewBefore);
		assertEveryMemberHasTheMark();
	}

	@Test
	void lossOfTheMajorityStopsWritesAndRestartOfAllLosesNone() {
		MySQLContainer stale = MySqlGroup.members.getFirst();
		MySQLContainer last = MySqlGroup.members.getLast();
		MySqlGroup.switchTo(last);
		MySqlGroup.kill(stale);
		write(last);
		MySqlGroup.kill(MySqlGroup.members.get(1));
		var outage = new Stopwatch();
		assertThat(errorCodeOfWrite(last, "DELETE FROM proof.marks")).isEqualTo(RUN_HOOK_ERROR);
		outage.print("Without a majority, the last member reports " + state(last));
		MySqlGroup.kill(last);
		MySqlGroup.awaitOnline();
		outage.print("All members have restarted.");
		assertEveryMemberHasTheMark();
		assertThat(MySqlGroup.members).allSatisfy(
				(member) -> assertThat(MySqlGroup.query(member, "SELECT @@global.group_replication_bootstrap_group"))
					.isEqualTo("0"));
	}

	private MySQLContainer awaitSuccessor() {
		return Awaitility.await()
			.atMost(TIMEOUT)
			.pollInterval(Duration.ofMillis(50))
			.until(() -> this.others.stream().filter(MySqlGroupIntegrationTests::acceptsWrites).findFirst(),
					Optional::isPresent)
			.orElseThrow();
	}

	private static boolean acceptsWrites(MySQLContainer member) {
		return errorCodeOfWrite(member, "INSERT INTO proof.marks VALUES (UUID())") == 0;
	}

	private void awaitLossOfThePrimaryRole() {
		Awaitility.await()
			.atMost(TIMEOUT)
			.until(() -> GroupView.of(this.primary), (view) -> view.isKnown() && !view.hasPrimary(name(this.primary)));
	}

	private boolean write(MySQLContainer member) {
		MySqlGroup.run(member, insert());
		return true;
	}

	private String insert() {
		return "INSERT INTO proof.marks VALUES ('%s')".formatted(this.mark);
	}

	// If the transaction exceeds only the limit of the group, the error is
	// ER_RUN_HOOK_ERROR, which means an unknown outcome.
	@Test
	void transactionTooLargeForTheBinaryLogFailsWithAKnownOutcome() {
		MySqlGroup.run(this.primary, "SET GLOBAL group_replication_transaction_size_limit = 100000");
		try {
			assertThat(errorCodeOfWrite(this.primary, LARGE_TRANSACTION)).isEqualTo(RUN_HOOK_ERROR);
			MySqlGroup.run(this.primary, "SET GLOBAL max_binlog_cache_size = 32768");
			assertThat(errorCodeOfWrite(this.primary, LARGE_TRANSACTION)).isEqualTo(TOO_LARGE);
		}
		finally {
			MySqlGroup.run(this.primary, "SET GLOBAL max_binlog_cache_size = DEFAULT",
					"SET GLOBAL group_replication_transaction_size_limit = DEFAULT");
		}
		assertThat(MySqlGroup.query(this.primary, "SELECT COUNT(*) FROM proof.marks WHERE mark LIKE 'many-%'"))
			.isEqualTo("0");
		write(this.primary);
		assertEveryMemberHasTheMark();
	}

	private void assertRefuses(MySQLContainer member) {
		assertThat(errorCode(member)).as(name(member)).isEqualTo(READ_ONLY);
	}

	private int errorCode(MySQLContainer member) {
		return errorCodeOfWrite(member, insert());
	}

	private static int errorCodeOfWrite(MySQLContainer member, String write) {
		try {
			MySqlGroup.run(member, write);
			return 0;
		}
		catch (IllegalStateException ex) {
			return ((SQLException) ex.getCause()).getErrorCode();
		}
	}

	private void assertEveryMemberHasTheMark() {
		MySqlGroup.awaitReplicas();
		assertThat(MySqlGroup.members).allSatisfy(this::assertHasTheMark);
	}

	private void assertHasTheMark(MySQLContainer member) {
		assertThat(count(member)).as(name(member)).isOne();
	}

	private int count(MySQLContainer member) {
		return Integer.parseInt(
				MySqlGroup.query(member, "SELECT COUNT(*) FROM proof.marks WHERE mark = '%s'".formatted(this.mark)));
	}

	private static String state(MySQLContainer member) {
		return GroupView.of(member)
				+ MySqlGroup.query(member, "SELECT CONCAT_WS(' ', @@read_only, @@super_read_only, @@offline_mode)");
	}

	private static String name(MySQLContainer member) {
		return MySqlGroup.name(member);
	}

	private static <T> FutureTask<T> start(Callable<T> work) {
		var task = new FutureTask<>(work);
		Thread.ofVirtual().start(task);
		return task;
	}

	/** Measures the time since its creation. */
	private static final class Stopwatch {

		private final long start = System.nanoTime();

		void print(String what) {
			System.out.printf("%5.1f s  %s%n", (System.nanoTime() - this.start) / 1e9, what);
		}

	}

}
