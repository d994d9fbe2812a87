package com.foobar.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.mysql.cj.jdbc.MysqlDataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.testcontainers.mysql.MySQLContainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Each migration of ours is cut after each of its statements, and finished by the next
 * run. A migration that is added is tried as well.
 */
class MigrationCutIntegrationTests {

	private static final MigrationProperties PROPERTIES = new MigrationProperties(Duration.ofMinutes(1),
			Duration.ofSeconds(1), Duration.ofSeconds(2));

	// What is written before the migration after that version, so that it finds rows.
	private static final SortedMap<MigrationVersion, String[]> ROWS = new TreeMap<>(Map
		.of(MigrationVersion.fromVersion("4"), new String[] {
				"INSERT INTO users (id, username, email, password, created_at) VALUES (1, 'ann', 'ann@x', '!', NOW(6))",
				"""
						INSERT INTO articles (id, slug, title, description, body, author_id, created_at, updated_at)
						VALUES (1, 'a', 'A', 'a', 'a', 1, '2026-01-01', '2026-01-02'),
						       (2, 'b', 'B', 'b', 'b', 1, '2026-01-03', '2026-01-04')
						""", "INSERT INTO article_tags (article_id, tag) VALUES (1, 'tag')",
				"INSERT INTO favorites (user_id, article_id) VALUES (1, 1)" },
				// As the version before V5 wrote them while a roll-out lasted.
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

	private static final List<String> DATES = List.of(
			"SELECT CONCAT_WS(' ', article_id, tag, article_created_at) FROM article_tags ORDER BY 1",
			"SELECT CONCAT_WS(' ', user_id, article_id, article_created_at) FROM favorites ORDER BY 1");

	private static MySQLContainer server;

	private static MysqlDataSource dataSource;

	private static JdbcClient jdbc;

	private static final Map<MigrationVersion, List<String>> uncut = new HashMap<>();

	/** What a run leaves that is cut, beside what its statements did. */
	enum Left {

		/** Its process died. */
		NO_NOTE,

		/** The run after that found its own objects in the way, and gave up. */
		A_NOTE_THAT_IT_FAILED

	}

	@BeforeAll
	static void migrateWithoutACut() {
		server = MySqlServers.server(1, "--sync-binlog=0", "--innodb-flush-log-at-trx-commit=0");
		server.start();
		dataSource = new MysqlDataSource();
		dataSource.setUrl(MySqlServers.url(server));
		dataSource.setUser("root");
		dataSource.setPassword(MySqlServers.PASSWORD);
		jdbc = JdbcClient.create(dataSource);
		for (MigrationInfo migration : flyway(null).info().all()) {
			createSchema();
			prepare(migration.getVersion());
			flyway(migration.getVersion()).migrate();
			uncut.put(migration.getVersion(), dump(migration.getVersion()));
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

	record Cut(MigrationInfo migration, List<String> statements, int after, Left left) {

		@Override
		public String toString() {
			return "V%s after %d of its %d statements, leaving %s".formatted(this.migration.getVersion(), this.after,
					this.statements.size(), this.left.name().toLowerCase().replace('_', ' '));
		}

	}

	static Stream<Cut> cuts() {
		return Arrays.stream(flyway(null).info().all()).flatMap(MigrationCutIntegrationTests::cuts);
	}

	private static Stream<Cut> cuts(MigrationInfo migration) {
		List<String> statements = statements(migration);
		int all = statements.size();
		return Stream.concat(
				IntStream.rangeClosed(1, all).mapToObj((after) -> new Cut(migration, statements, after, Left.NO_NOTE)),
				Stream.of(new Cut(migration, statements, all, Left.A_NOTE_THAT_IT_FAILED)));
	}

	private static List<String> statements(MigrationInfo migration) {
		try {
			String script = Files.readString(Path.of(migration.getPhysicalLocation()));
			return Stream.of(script.replaceAll("--.*", "").split(";"))
				.map(String::strip)
				.filter((statement) -> !statement.isEmpty())
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@ParameterizedTest
	@MethodSource("cuts")
	void aMigrationThatWasCutIsFinishedByTheNextRun(Cut cut) throws SQLException {
		prepare(cut.migration().getVersion());
		run(cut.statements().subList(0, cut.after()), cut.after() == cut.statements().size());
		if (cut.left() == Left.A_NOTE_THAT_IT_FAILED) {
			note(cut.migration());
		}
		migrate(cut.migration().getVersion());
		assertThat(dump(cut.migration().getVersion())).isEqualTo(uncut.get(cut.migration().getVersion()));
	}

	@Test
	void whereItCannotBeToldWhatIsDoneThatIsSaidWithWhatToType(@TempDir Path scripts) throws IOException, SQLException {
		Files.writeString(scripts.resolve("V1000__two_columns.sql"),
				"CREATE TABLE t (id INT PRIMARY KEY);\nALTER TABLE t ADD COLUMN a INT,\n  ADD COLUMN b INT;\n");
		MySqlServers.run(server, "CREATE TABLE t (id INT PRIMARY KEY, a INT)");
		Flyway flyway = Flyway.configure()
			.dataSource(dataSource)
			.locations("filesystem:" + scripts)
			.baselineOnMigrate(true)
			.load();
		var migration = new ResumableMigration("node-1", dataSource, PROPERTIES);
		assertThatException().isThrownBy(() -> migration.migrate(flyway))
			.withStackTraceContaining("Duplicate column name 'a', and whether the statement's other changes are made")
			.satisfies((failure) -> assertThat(remedy(failure))
				.isEqualTo("Undo this one: ALTER TABLE t DROP COLUMN a; Then run it again. It may find another one."));
		MySqlServers.run(server, "ALTER TABLE t DROP COLUMN a");
		migration.migrate(flyway);
		assertThat(jdbc.sql("SELECT COUNT(*) FROM information_schema.columns WHERE table_name = 't'")
			.query(Integer.class)
			.single()).isEqualTo(3);
	}

	private static String remedy(Throwable failure) {
		return (failure instanceof MigrationStatementException statement) ? statement.remedy()
				: remedy(Objects.requireNonNull(failure.getCause()));
	}

	private static Flyway flyway(MigrationVersion target) {
		var configuration = Flyway.configure()
			.dataSource(dataSource)
			.locations("classpath:db/migration/common", "classpath:db/migration/mysql");
		// With a question mark, for which there need not be such a version.
		return ((target != null) ? configuration.target(target.getVersion() + "?") : configuration).load();
	}

	private static void migrate(MigrationVersion version) throws SQLException {
		new ResumableMigration("node-1", dataSource, PROPERTIES).migrate(flyway(version));
	}

	// As a site that has had every migration before that one, and has been written to.
	private static void prepare(MigrationVersion next) {
		ROWS.forEach((version, rows) -> {
			if (version.compareTo(next) < 0) {
				flyway(version).migrate();
				MySqlServers.run(server, rows);
			}
		});
		// Where there is none, this makes the table of what was done, as a run does
		// first.
		flyway(before(next).orElse(MigrationVersion.fromVersion("0"))).migrate();
	}

	private static Optional<MigrationVersion> before(MigrationVersion next) {
		return Arrays.stream(flyway(null).info().all())
			.map(MigrationInfo::getVersion)
			.filter((version) -> version.compareTo(next) < 0)
			.max(Comparator.naturalOrder());
	}

	// Rows that were changed but not committed are taken back, as when a process dies.
	private static void run(List<String> statements, boolean commit) throws SQLException {
		try (Connection connection = dataSource.getConnection(); Statement statement = connection.createStatement()) {
			connection.setAutoCommit(false);
			for (String sql : statements) {
				statement.execute(sql);
			}
			if (commit) {
				connection.commit();
			}
			else {
				connection.rollback();
			}
		}
	}

	private static void note(MigrationInfo failed) {
		jdbc.sql(
				"""
						INSERT INTO flyway_schema_history
						  (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
						SELECT COALESCE(MAX(installed_rank), 0) + 1, ?, ?, 'SQL', ?, ?, 'root', 1, FALSE FROM flyway_schema_history
						""")
			.params(failed.getVersion().getVersion(), failed.getDescription(), failed.getScript(),
					failed.getResolvedChecksum())
			.update();
	}

	private static List<String> dump(MigrationVersion version) {
		boolean hasRows = ROWS.firstKey().compareTo(version) < 0;
		return Stream.concat(SCHEMA.stream(), hasRows ? DATES.stream() : Stream.of())
			.flatMap((question) -> jdbc.sql(question).query(String.class).list().stream())
			.toList();
	}

}
