package com.foobar.database.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.foobar.database.MigrationProperties;
import com.foobar.database.MySqlServers;
import com.foobar.database.migration.InterruptedDataSource.Interruption;
import com.mysql.cj.jdbc.MysqlDataSource;
import org.awaitility.Awaitility;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.testcontainers.mysql.MySQLContainer;

import static com.foobar.database.MySqlServers.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;

/**
 * Tests that the next run finishes an interrupted migration. Interrupts each of the
 * site's migrations, and a migration with statements of many kinds, at each of its
 * statements. Includes every migration that is added later.
 */
@Tag("slow")
class InterruptedMigrationIntegrationTests {

	private static final MigrationProperties PROPERTIES = new MigrationProperties(Duration.ofMinutes(1),
			Duration.ofSeconds(1), Duration.ofSeconds(2));

	// Maps a version to the rows to insert after it, so that the next migration finds
	// rows.
	private static final SortedMap<MigrationVersion, String[]> ROWS = new TreeMap<>(Map
		.of(MigrationVersion.fromVersion("4"), new String[] {
				"INSERT INTO users (id, username, email, password, created_at) VALUES (1, 'ann', 'ann@x', '!', NOW(6))",
				"""
						INSERT INTO articles (id, slug, title, description, body, author_id, created_at, updated_at)
						VALUES (1, 'a', 'A', 'a', 'a', 1, '2026-01-01', '2026-01-02'),
						       (2, 'b', 'B', 'b', 'b', 1, '2026-01-03', '2026-01-04')
						""", "INSERT INTO article_tags (article_id, tag) VALUES (1, 'tag')",
				"INSERT INTO favorites (user_id, article_id) VALUES (1, 1)" },
				// The release before V5 wrote such rows during a roll-out.
				MigrationVersion.fromVersion("6"),
				new String[] { "INSERT INTO article_tags (article_id, tag) VALUES (2, 'tag')",
						"INSERT INTO favorites (user_id, article_id) VALUES (1, 2)" }));

	private static final List<String> SCHEMA = List.of("""
			SELECT CONCAT_WS(' ', table_name, engine, table_collation) FROM information_schema.tables
			 WHERE table_schema = 'foobar' ORDER BY table_name
			""", """
			SELECT CONCAT_WS(' ', table_name, ordinal_position, column_name, column_type, is_nullable, column_default,
			                 collation_name, extra)
			  FROM information_schema.columns WHERE table_schema = 'foobar' ORDER BY table_name, ordinal_position
			""", """
			SELECT CONCAT_WS(' ', table_name, index_name, seq_in_index, column_name, non_unique, index_type, is_visible)
			  FROM information_schema.statistics WHERE table_schema = 'foobar'
			 ORDER BY table_name, index_name, seq_in_index
			""", """
			SELECT CONCAT_WS(' ', table_name, constraint_name, referenced_table_name, update_rule, delete_rule)
			  FROM information_schema.referential_constraints WHERE constraint_schema = 'foobar'
			 ORDER BY table_name, constraint_name
			""", """
			SELECT CONCAT_WS(' ', installed_rank, version, description, checksum, success)
			  FROM flyway_schema_history ORDER BY installed_rank
			""");

	private static final MigrationVersion MANY_KINDS = MigrationVersion.fromVersion("1000");

	private static final NavigableMap<MigrationVersion, List<String>> CONTENTS = new TreeMap<>(
			Map.of(MigrationVersion.fromVersion("5"),
					List.of("SELECT CONCAT_WS(' ', article_id, tag, article_created_at) FROM article_tags ORDER BY 1",
							"SELECT CONCAT_WS(' ', user_id, article_id, article_created_at) FROM favorites ORDER BY 1"),
					MANY_KINDS, List.of("SELECT CONCAT_WS(' ', id, n, b, c) FROM counted_once")));

	private static MySQLContainer server;

	private static MysqlDataSource dataSource;

	private static JdbcClient jdbc;

	private static List<MigrationInfo> migrations;

	private static final Map<MigrationVersion, List<String>> expected = new HashMap<>();

	@BeforeAll
	static void migrateWithoutInterruption() {
		server = MySqlServers.server(1, "--sync-binlog=0", "--innodb-flush-log-at-trx-commit=0");
		server.start();
		dataSource = new MysqlDataSource();
		dataSource.setUrl(MySqlServers.url(server));
		dataSource.setUser("root");
		dataSource.setPassword(PASSWORD);
		jdbc = JdbcClient.create(dataSource);
		migrations = List.of(flyway(null).info().all());
		for (MigrationInfo migration : migrations) {
			createSchema();
			prepare(migration.getVersion());
			flyway(migration.getVersion()).migrate();
			expected.put(migration.getVersion(), dump(migration.getVersion()));
		}
	}

	@AfterAll
	static void stop() {
		server.stop();
	}

	@BeforeEach
	void recreateSchema() {
		createSchema();
	}

	private static void createSchema() {
		MySqlServers.run(server, "DROP SCHEMA foobar", "CREATE SCHEMA foobar");
	}

	record InterruptionPoint(MigrationInfo migration, List<String> statements, int index, Interruption interruption) {

		@Override
		public String toString() {
			return "V%s at statement %d of %d, %s".formatted(this.migration.getVersion(), this.index + 1,
					this.statements.size(), this.interruption.name().toLowerCase().replace('_', ' '));
		}

	}

	static Stream<InterruptionPoint> interruptionPoints() {
		return migrations.stream().flatMap(InterruptedMigrationIntegrationTests::interruptionPoints);
	}

	private static Stream<InterruptionPoint> interruptionPoints(MigrationInfo migration) {
		List<String> statements = statements(migration);
		Stream<InterruptionPoint> within = IntStream.range(0, statements.size())
			.boxed()
			.flatMap((index) -> Stream.of(Interruption.KILLED, Interruption.FAILED)
				.map((interruption) -> new InterruptionPoint(migration, statements, index, interruption)));
		return Stream.concat(within, Stream
			.of(new InterruptionPoint(migration, statements, statements.size() - 1, Interruption.KILLED_AT_THE_END)));
	}

	private static List<String> statements(MigrationInfo migration) {
		try {
			String script = Files.readString(Path.of(migration.getPhysicalLocation()));
			return Stream.of(InterruptedDataSource.withoutComments(script).split(";"))
				.map(String::strip)
				.filter((statement) -> !statement.isEmpty())
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@ParameterizedTest
	@MethodSource("interruptionPoints")
	void nextRunFinishesAnInterruptedMigration(InterruptionPoint point) throws SQLException {
		MigrationVersion version = point.migration().getVersion();
		prepare(version);
		var server = new InterruptedDataSource(dataSource, point.statements().get(point.index()), point.interruption());
		assertThatException().isThrownBy(() -> migrate(server, version));
		migrate(dataSource, version);
		assertThat(dump(version)).isEqualTo(expected.get(version));
	}

	@Test
	void eachStatementOfTheMigrationWithManyKindsRunsOnce() {
		assertThat(expected.get(MANY_KINDS)).contains("1 1111 1");
	}

	@Test
	void nextRunFinishesAMigrationWhoseProcessWasKilled() throws Exception {
		MigrationVersion version = MigrationVersion.fromVersion("7");
		prepare(version);
		try (Connection reader = dataSource.getConnection(); Statement statement = reader.createStatement()) {
			reader.setAutoCommit(false);
			statement.execute("SELECT COUNT(*) FROM article_tags");
			Process process = startMigration();
			Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> isWaitingForTable(process));
			process.destroyForcibly().waitFor();
		}
		migrate(dataSource, version);
		assertThat(dump(version)).isEqualTo(expected.get(version));
	}

	private static Process startMigration() throws IOException {
		var builder = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
				System.getProperty("java.class.path"), "com.foobar.FoobarApplication", "migrate",
				"--foobar.database.nodes=" + MySqlServers.address(server), "--foobar.database.username=root",
				"--foobar.database.migration.lock-retry-timeout=60s", "--spring.flyway.target=7")
			.redirectErrorStream(true)
			.redirectOutput(Path.of("target/killed-migration.log").toFile());
		builder.environment().put("FOOBAR_DATABASE_PASSWORD", PASSWORD);
		return builder.start();
	}

	private static boolean isWaitingForTable(Process process) {
		assertThat(process.isAlive()).as("the migration runs; its log is target/killed-migration.log").isTrue();
		return isTableLockPending();
	}

	private static boolean isTableLockPending() {
		return jdbc.sql("""
				SELECT COUNT(*) FROM performance_schema.metadata_locks
				 WHERE object_name = 'article_tags' AND lock_status = 'PENDING'
				""").query(Integer.class).single() > 0;
	}

	@Test
	void existingTableIsNotTakenForTheMigrations() {
		MySqlServers.run(server, "CREATE TABLE users (id INT PRIMARY KEY)");
		Flyway flyway = Flyway.configure()
			.configuration(flyway(null).getConfiguration())
			.baselineOnMigrate(true)
			.baselineVersion("0")
			.load();
		var migration = new ResumableMigration("node-1", dataSource, PROPERTIES);
		for (int run = 1; run <= 2; run++) {
			assertThatException().isThrownBy(() -> migration.migrate(flyway))
				.withStackTraceContaining("Table 'users' already exists");
		}
	}

	@Test
	void changedScriptIsNotResumed(@TempDir Path scripts) throws IOException, SQLException {
		Path script = scripts.resolve("V2000__notes.sql");
		Files.writeString(script, "CREATE TABLE notes (id INT PRIMARY KEY);\nCREATE INDEX broken ON nowhere (id);\n");
		Flyway flyway = flywayFor(scripts);
		var migration = new ResumableMigration("node-1", dataSource, PROPERTIES);
		assertThatException().isThrownBy(() -> migration.migrate(flyway)).withStackTraceContaining("nowhere");
		Files.writeString(script, "CREATE TABLE notes (id INT PRIMARY KEY);\nCREATE INDEX mended ON notes (id);\n");
		assertThatException().isThrownBy(() -> migration.migrate(flyway))
			.withStackTraceContaining("Migration 2000 has changed since a run of it failed in its statement 2")
			.satisfies((error) -> assertThat(remedy(error)).contains("DROP TABLE migration_progress;"));
		MySqlServers.run(server, "DROP TABLE notes", "DROP TABLE migration_progress");
		migration.migrate(flyway);
		assertThat(jdbc.sql("SHOW TABLES").query(String.class).list()).contains("notes")
			.doesNotContain("migration_progress");
	}

	@Test
	void otherMigrationIsNamedByItsSessionWithoutPrivileges() throws SQLException {
		MySqlServers.run(server, "CREATE USER IF NOT EXISTS modest@'%%' IDENTIFIED BY '%s'".formatted(PASSWORD),
				"GRANT ALL ON foobar.* TO modest@'%'");
		try (Connection other = dataSource.getConnection();
				MigrationLock lock = MigrationLock.of(other, "flyway_schema_history")) {
			assertThat(lock.acquire()).isTrue();
			var unprivileged = new DriverManagerDataSource(MySqlServers.url(server), "modest", PASSWORD);
			var shortTimeouts = new MigrationProperties(Duration.ofSeconds(1), Duration.ofSeconds(1),
					Duration.ofSeconds(1));
			var migration = new ResumableMigration("node-1", unprivileged, shortTimeouts);
			assertThatExceptionOfType(MigrationException.class).isThrownBy(() -> migration.migrate(flyway(null)))
				.withMessageMatching(
						"Another migration of the schema on node-1 has not ended within \\[PT1S]: session \\d+");
		}
	}

	// MySQL continues a statement after the process that sent it has died.
	@Test
	void earlierRunThatStillRunsOnTheServerIsNamed() throws SQLException {
		MigrationVersion version = MigrationVersion.fromVersion("7");
		prepare(version);
		InterruptedDataSource interrupted = new InterruptedDataSource(dataSource, statements(migration(version)).get(1),
				Interruption.KILLED);
		assertThatException().isThrownBy(() -> migrate(interrupted, version));
		try (Connection earlier = dataSource.getConnection(); Statement statement = earlier.createStatement()) {
			earlier.setAutoCommit(false);
			statement.execute("UPDATE migration_progress SET begun = begun + 1");
			assertThatException().isThrownBy(() -> migrate(dataSource, version))
				.withStackTraceContaining("Within [PT2S] it did not get a lock. It waited for session")
				.withStackTraceContaining("idle in a transaction");
			earlier.rollback();
		}
		migrate(dataSource, version);
		assertThat(dump(version)).isEqualTo(expected.get(version));
	}

	private static MigrationInfo migration(MigrationVersion version) {
		return migrations.stream()
			.filter((migration) -> migration.getVersion().equals(version))
			.findFirst()
			.orElseThrow();
	}

	@Test
	void migrationThatLosesItsLockBeginsNoFurtherStatement() throws Exception {
		prepare(MigrationVersion.fromVersion("7"));
		try (Connection reader = dataSource.getConnection(); Statement statement = reader.createStatement()) {
			reader.setAutoCommit(false);
			statement.execute("SELECT COUNT(*) FROM article_tags");
			var longTimeouts = new MigrationProperties(Duration.ofMinutes(1), Duration.ofSeconds(1),
					Duration.ofMinutes(1));
			var migration = CompletableFuture.runAsync(() -> assertDoesNotThrow(
					() -> new ResumableMigration("node-1", dataSource, longTimeouts).migrate(flyway(null))));
			Awaitility.await().until(InterruptedMigrationIntegrationTests::isTableLockPending);
			LockHolder holder = new LockHolders(dataSource).holdersOf(lockName()).getFirst();
			MySqlServers.run(server, LockHolder.kill(List.of(holder)));
			reader.rollback();
			assertThat(migration).failsWithin(Duration.ofSeconds(30));
		}
		assertThat(jdbc.sql("SELECT MAX(version + 0) FROM flyway_schema_history WHERE success")
			.query(Integer.class)
			.single()).isLessThan(8);
	}

	private static String lockName() throws SQLException {
		try (Connection connection = dataSource.getConnection();
				MigrationLock lock = MigrationLock.of(connection, "flyway_schema_history")) {
			return lock.name();
		}
	}

	@Test
	void statementsBeforeAFailedOneStayDone(@TempDir Path scripts) throws IOException, SQLException {
		Files.writeString(scripts.resolve("V2000__notes.sql"), """
				CREATE TABLE notes (id INT PRIMARY KEY, text VARCHAR(9));
				ALTER TABLE notes ADD INDEX (text);
				INSERT INTO notes VALUES (1, 'a');
				INSERT INTO notes VALUES (2, (SELECT text FROM later));
				""");
		Flyway flyway = flywayFor(scripts);
		var migration = new ResumableMigration("node-1", dataSource, PROPERTIES);
		assertThatException().isThrownBy(() -> migration.migrate(flyway)).withStackTraceContaining("later");
		MySqlServers.run(server, "CREATE TABLE later (text VARCHAR(9) PRIMARY KEY)", "INSERT INTO later VALUES ('b')");
		migration.migrate(flyway);
		assertThat(jdbc.sql("SELECT text FROM notes ORDER BY id").query(String.class).list()).containsExactly("a", "b");
		assertThat(jdbc
			.sql("SELECT COUNT(DISTINCT index_name) FROM information_schema.statistics WHERE table_name = 'notes'")
			.query(Integer.class)
			.single()).isEqualTo(2);
	}

	@Test
	void concurrentMigrationsWaitForOneAnother() {
		MigrationVersion version = MigrationVersion.fromVersion("9.1");
		var together = Stream
			.generate(() -> CompletableFuture.runAsync(() -> assertDoesNotThrow(() -> migrate(dataSource, version))))
			.limit(3)
			.toList();
		assertThat(together).allSatisfy((migration) -> assertThat(migration).succeedsWithin(Duration.ofSeconds(30)));
		assertThat(jdbc.sql("SELECT COUNT(*) FROM flyway_schema_history WHERE success").query(Integer.class).single())
			.isEqualTo(10);
	}

	private static String remedy(Throwable error) {
		return (error instanceof MigrationStatementException statement) ? statement.remedy()
				: remedy(Objects.requireNonNull(error.getCause()));
	}

	private static Flyway flyway(MigrationVersion target) {
		var configuration = Flyway.configure()
			.dataSource(dataSource)
			.locations("classpath:db/migration/common", "classpath:db/migration/mysql", "classpath:db/cut");
		// The question mark allows a version that does not exist.
		return ((target != null) ? configuration.target(target.getVersion() + "?") : configuration).load();
	}

	private static Flyway flywayFor(Path scripts) {
		return Flyway.configure()
			.dataSource(dataSource)
			.locations("filesystem:" + scripts)
			.baselineOnMigrate(true)
			.load();
	}

	private static void migrate(DataSource server, MigrationVersion version) throws SQLException {
		new ResumableMigration("node-1", server, PROPERTIES).migrate(flyway(version));
	}

	// Creates the schema of a site that has run every earlier migration and has rows.
	private static void prepare(MigrationVersion next) {
		ROWS.forEach((version, rows) -> {
			if (version.compareTo(next) < 0) {
				flyway(version).migrate();
				MySqlServers.run(server, rows);
			}
		});
		// If there is no earlier version, this creates Flyway's history table, as each
		// run does first.
		flyway(previousVersion(next).orElse(MigrationVersion.fromVersion("0"))).migrate();
	}

	private static Optional<MigrationVersion> previousVersion(MigrationVersion next) {
		return migrations.stream()
			.map(MigrationInfo::getVersion)
			.filter((version) -> version.compareTo(next) < 0)
			.max(Comparator.naturalOrder());
	}

	private static List<String> dump(MigrationVersion version) {
		Stream<String> contents = CONTENTS.headMap(version, true).values().stream().flatMap(List::stream);
		return Stream.concat(SCHEMA.stream(), contents)
			.flatMap((sql) -> jdbc.sql(sql).query(String.class).list().stream())
			.toList();
	}

}
