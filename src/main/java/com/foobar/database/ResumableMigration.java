package com.foobar.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import javax.sql.DataSource;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.ValidateOutput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migrates one server, and finishes what a run that was cut has left there. Such a run
 * has done some statements of one migration, and either noted that it failed or, if its
 * process died, nothing.
 */
final class ResumableMigration {

	private static final Logger logger = LoggerFactory.getLogger(ResumableMigration.class);

	private static final Duration INTERVAL = Duration.ofMillis(500);

	private final String server;

	private final LockHolders holders;

	private final MigrationDataSource dataSource;

	private final MigrationProperties properties;

	ResumableMigration(String server, DataSource dataSource, MigrationProperties properties) {
		this.server = server;
		this.holders = new LockHolders(dataSource);
		var statements = new MigrationStatements(server, this.holders, properties);
		this.dataSource = new MigrationDataSource(dataSource, statements, properties);
		this.properties = properties;
	}

	/**
	 * Does every migration that is not done.
	 * @param flyway says which there are
	 * @throws MigrationException if another migration runs, and goes on
	 */
	void migrate(Flyway flyway) throws SQLException {
		awaitOthers(flyway);
		repair(flyway);
		firstPending(flyway).ifPresent((migration) -> resume(flyway, migration));
		configure(flyway).load().migrate();
	}

	private FluentConfiguration configure(Flyway flyway) {
		return Flyway.configure().configuration(flyway.getConfiguration()).dataSource(this.dataSource);
	}

	// Flyway itself would wait for ever. The session of a run that was killed may still
	// be
	// there: MySQL goes on with a long statement after its client is gone.
	private void awaitOthers(Flyway flyway) throws SQLException {
		String lock = nameOfLock(flyway);
		long began = System.nanoTime();
		while (this.holders.isUsed(lock)) {
			List<LockHolder> others = this.holders.of(lock);
			if (System.nanoTime() - began > this.properties.lockPatience().toNanos()) {
				throw MigrationException.another(this.server, others, this.properties.lockPatience());
			}
			logger.info("Waiting for another migration on {}: {}", this.server, LockHolder.describe(others));
			pause();
		}
	}

	// As MySQLNamedLockTemplate of Flyway does.
	private String nameOfLock(Flyway flyway) throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			String table = "`%s`.`%s`".formatted(connection.getCatalog(), flyway.getConfiguration().getTable());
			return "Flyway-" + table.hashCode();
		}
	}

	private static void pause() {
		try {
			Thread.sleep(INTERVAL);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while another migration ran", ex);
		}
	}

	// Flyway does nothing any more once it has noted a failure. Where more is wrong, it
	// is
	// left alone: a repair would also accept scripts that somebody has changed.
	private void repair(Flyway flyway) {
		List<ValidateOutput> invalid = configure(flyway).ignoreMigrationPatterns("*:pending", "*:future")
			.load()
			.validateWithResult().invalidMigrations;
		if (!invalid.isEmpty() && invalid.stream().allMatch(ResumableMigration::isFailed)) {
			invalid.forEach((migration) -> logger.info("The last run of migration {} ({}) failed. It is run again",
					migration.version, migration.description));
			configure(flyway).load().repair();
		}
	}

	private static boolean isFailed(ValidateOutput migration) {
		return migration.errorDetails.errorCode == CoreErrorCode.FAILED_VERSIONED_MIGRATION;
	}

	// Migrations run in order, so no other can have been cut.
	private Optional<MigrationInfo> firstPending(Flyway flyway) {
		return Arrays.stream(configure(flyway).load().info().pending()).filter(MigrationInfo::isVersioned).findFirst();
	}

	private void resume(Flyway flyway, MigrationInfo migration) {
		this.dataSource.resuming(true);
		try {
			configure(flyway).target(migration.getVersion()).load().migrate();
		}
		finally {
			this.dataSource.resuming(false);
		}
	}

}
