package com.foobar.database.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

import com.foobar.database.MySqlPair;
import com.foobar.database.NodeAddress;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.testcontainers.mysql.MySQLContainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/** Tests {@code java -jar foobar.jar migrate} with a primary and its replica. */
@Tag("slow")
@ExtendWith(OutputCaptureExtension.class)
class MigrationIntegrationTests {

	private static final MySQLContainer first = MySqlPair.first;

	private static final MySQLContainer second = MySqlPair.second;

	private static final String VERSION = "SELECT MAX(version) FROM migrated.flyway_schema_history WHERE success";

	private static final String LOCK_RETRY_TIMEOUT = "foobar.database.migration.lock-retry-timeout=";

	// The account has the same rights as in production: it may alter the site's tables
	// and see the holders of locks.
	@BeforeAll
	static void createAccount() {
		MySqlPair.run(first,
				"CREATE USER IF NOT EXISTS migration@'%%' IDENTIFIED BY '%s'".formatted(MySqlPair.PASSWORD), """
						GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, DROP, REFERENCES, INDEX, ALTER, CREATE VIEW
						   ON migrated.* TO migration@'%'
						""");
		for (String table : List.of("data_lock_waits", "events_transactions_current", "metadata_locks", "threads")) {
			MySqlPair.run(first, "GRANT SELECT ON performance_schema.%s TO migration@'%%'".formatted(table));
		}
	}

	// The tests use a schema of their own, because other tests expect the site's schema
	// to be empty when they migrate it.
	@BeforeEach
	void createSchema() {
		MySqlPair.run(first, "CREATE SCHEMA migrated");
		MySqlPair.awaitReplicas();
	}

	@AfterEach
	void restoreRoles() {
		MySqlPair.follow(second, first);
		MySqlPair.run(first, "DROP SCHEMA migrated");
	}

	@Test
	void migrateFindsThePrimaryAndWaitsForAReplicaThatIsBehind(CapturedOutput output) {
		MySqlPair.delay(Duration.ofSeconds(2));
		migrate("spring.flyway.enabled=false"); // This is a setting of the site.
		assertThat(MySqlPair.query(second, VERSION)).isNotNull().isEqualTo(MySqlPair.query(first, VERSION));
		assertThat(output).contains("Waiting for " + name(second)).contains(name(second) + " has applied it after");
	}

	@Test
	void replicaThatDoesNotApplyTheMigrationInTimeIsNamed(CapturedOutput output) {
		MySqlPair.run(second, "STOP REPLICA SQL_THREAD");
		assertThatException().isThrownBy(() -> migrate("foobar.database.migration.timeout=2s"));
		assertThat(MySqlPair.query(first, VERSION)).isNotNull();
		assertThat(output).contains("APPLICATION FAILED TO START")
			.containsPattern(
					"within \\[PT2S\\] it was not applied by %s \\(DETACHED, \\d+ s behind\\)".formatted(name(second)))
			.contains("Roll nothing out");
	}

	@Test
	void transactionThatBlocksAReplicaIsNamed(CapturedOutput output) throws SQLException {
		migrate("spring.flyway.target=6");
		try (Connection blocker = MySqlPair.beginTransaction(second, "SELECT COUNT(*) FROM migrated.article_tags")) {
			assertThatException().isThrownBy(() -> migrate("foobar.database.migration.timeout=3s"));
			long session = sessionId(blocker);
			assertThat(output).contains("%s waits for session %d of root from".formatted(name(second), session))
				.contains("end it there as root: KILL %d;".formatted(session));
		}
		migrate();
	}

	@Test
	void unresponsiveServerIsNamedAndNotWaitedFor(CapturedOutput output) {
		MySqlPair.freeze(second);
		try {
			migrate();
		}
		finally {
			MySqlPair.thaw(second);
		}
		assertThat(MySqlPair.query(first, VERSION)).isNotNull();
		assertThat(output).contains("Not waiting for %s, which does not answer".formatted(name(second)));
	}

	@Test
	void migrationFailsAndMayBeRunAgainWhenItsPrimaryIsReplaced(CapturedOutput output) throws SQLException {
		try (Connection lock = MySqlPair.blockCommits(first)) {
			var migration = CompletableFuture.runAsync(MigrationIntegrationTests::migrate);
			Awaitility.await().until(MigrationIntegrationTests::isWaitingForLock);
			MySqlPair.freeze(first);
			try {
				MySqlPair.run(second, "STOP REPLICA", "SET GLOBAL super_read_only = OFF", "SET GLOBAL read_only = OFF");
				assertThat(migration).failsWithin(Duration.ofSeconds(20));
			}
			finally {
				MySqlPair.thaw(first);
			}
		}
		assertThat(output)
			.contains("Database server %s was the primary when the migration began".formatted(name(first)))
			.contains("Run it again");
	}

	private static boolean isWaitingForLock() {
		return !"0".equals(MySqlPair.query(first,
				"SELECT COUNT(*) FROM information_schema.processlist WHERE state LIKE 'Waiting for%lock'"));
	}

	@Test
	void blockedMigrationGivesUpInSecondsNamesTheBlockerAndMayBeRunAgain(CapturedOutput output) throws SQLException {
		migrate("spring.flyway.target=6");
		try (Connection blocker = MySqlPair.beginTransaction(first, "SELECT COUNT(*) FROM migrated.article_tags")) {
			long session = sessionId(blocker);
			var migration = CompletableFuture
				.runAsync(() -> migrate("foobar.database.migration.lock-timeout=1s", LOCK_RETRY_TIMEOUT + "4s"));
			assertThat(longestReadUntil(migration)).isLessThan(Duration.ofSeconds(3));
			assertThat(migration).isCompletedExceptionally();
			assertThat(output).contains("Trying again in 1 s: ALTER TABLE article_tags")
				.contains(
						"Within [PT4S] it did not get a lock. It waited for session %d of root from".formatted(session))
				.containsPattern("for \\d+ s idle in a transaction")
				.contains("end it on %s as root: KILL %d; Then run it again".formatted(name(first), session))
				.doesNotContain("\tat ");
		}
		migrate();
		assertThat(MySqlPair.query(first, VERSION)).isNotEqualTo("6");
		assertThat(output).contains("The last run of migration 7 (dates of all rows) failed. It is run again");
	}

	// Returns the longest duration of a read of the table until the end. A read waits
	// behind the migration while the migration waits for its lock.
	private static Duration longestReadUntil(CompletableFuture<Void> end) {
		Duration longest = Duration.ZERO;
		while (!end.isDone()) {
			long began = System.nanoTime();
			MySqlPair.run(first, "SELECT COUNT(*) FROM migrated.article_tags");
			Duration took = Duration.ofNanos(System.nanoTime() - began);
			longest = (took.compareTo(longest) > 0) ? took : longest;
		}
		return longest;
	}

	@Test
	void migrationWaitsForAnotherOneUntilTheTimeoutAndNamesIt(CapturedOutput output) throws SQLException {
		migrate("spring.flyway.target=6");
		CompletableFuture<Void> other;
		try (Connection blocker = MySqlPair.beginTransaction(first, "SELECT COUNT(*) FROM migrated.article_tags")) {
			other = CompletableFuture.runAsync(() -> migrate(LOCK_RETRY_TIMEOUT + "60s"));
			Awaitility.await().until(() -> output.getOut().contains("Trying again"));
			assertThatException().isThrownBy(() -> migrate("foobar.database.migration.timeout=2s"));
			assertThat(blocker.isValid(1)).as("the blocking transaction is still open").isTrue();
		}
		assertThat(output)
			.containsPattern(
					"Another migration of the schema on %s has not ended within \\[PT2S]: session \\d+ of migration"
						.formatted(name(first)))
			.containsPattern("for \\d+ s idle")
			.containsPattern("type on %s as root: KILL \\d+;".formatted(name(first)));
		assertThat(other).succeedsWithin(Duration.ofSeconds(30));
	}

	private static long sessionId(Connection connection) throws SQLException {
		try (var statement = connection.createStatement();
				var result = statement.executeQuery("SELECT CONNECTION_ID()")) {
			result.next();
			return result.getLong(1);
		}
	}

	@Test
	void failedMigrationIsReportedWithoutAStackTrace(CapturedOutput output) {
		MySqlPair.run(first, "CREATE TABLE migrated.users (id INT PRIMARY KEY)");
		assertThatException()
			.isThrownBy(() -> migrate("spring.flyway.baseline-on-migrate=true", "spring.flyway.baseline-version=0"));
		assertThat(output).contains("The schema on %s could not be migrated".formatted(name(first)))
			.contains("Table 'users' already exists")
			.doesNotContain("\tat ");
	}

	@Test
	void accessDeniedIsReportedWithoutAStackTrace(CapturedOutput output) {
		assertThatException().isThrownBy(() -> migrateAs("nobody"));
		assertThat(output).contains("could not be migrated")
			.contains("Access denied for user 'nobody'")
			.doesNotContain("\tat ");
	}

	private static void migrate(String... settings) {
		migrateAs("migration", settings);
	}

	private static void migrateAs(String username, String... settings) {
		var allSettings = Stream.concat(
				Stream.of("foobar.database.nodes=%s,%s".formatted(MySqlPair.address(second), MySqlPair.address(first)),
						"foobar.database.name=migrated", "foobar.database.username=" + username,
						"foobar.database.password=" + MySqlPair.PASSWORD, "foobar.database.monitor.username=monitor",
						"foobar.database.monitor.password=" + MySqlPair.PASSWORD),
				Stream.of(settings));
		Migration.run(allSettings.map((setting) -> "--" + setting).toArray(String[]::new));
	}

	private static String name(MySQLContainer server) {
		return NodeAddress.parse(MySqlPair.address(server)).name();
	}

}
