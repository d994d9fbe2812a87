package com.foobar.database.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.foobar.database.MigrationProperties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.output.ValidateOutput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Migrates one server, and goes on where a run that was cut has stopped. Such a run has
 * done some statements of one migration, and Flyway has noted that it failed or, if its
 * process died, nothing.
 */
public final class ResumableMigration {

	/** How many it uses at once: three of Flyway's, its lock, and who holds others. */
	public static final int CONNECTIONS = 5;

	private static final Logger logger = LoggerFactory.getLogger(ResumableMigration.class);

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private final String server;

	private final LockHolders holders;

	private final ResumableStatements statements = new ResumableStatements();

	private final MigrationDataSource dataSource;

	private final MigrationProperties properties;

	ResumableMigration(String server, DataSource dataSource, MigrationProperties properties) {
		this.server = server;
		this.holders = new LockHolders(dataSource);
		var attempts = new MigrationStatements(server, this.holders, properties);
		this.dataSource = new MigrationDataSource(dataSource, attempts, this.statements, properties);
		this.properties = properties;
	}

	/**
	 * Migrates where the application may alter the schema itself, when it starts.
	 * @throws MigrationException if that fails, with what to do
	 */
	public static void atStart(Flyway flyway, MigrationProperties properties) {
		try {
			new ResumableMigration("the primary", flyway.getConfiguration().getDataSource(), properties)
				.migrate(flyway);
		}
		catch (FlywayException | SQLException ex) {
			throw MigrationException.failed("the primary", ex);
		}
	}

	/**
	 * Does every migration that is not done.
	 * @param flyway says which there are
	 * @throws MigrationException if another migration runs, and goes on
	 */
	void migrate(Flyway flyway) throws SQLException {
		try (Connection connection = this.dataSource.getConnection();
				MigrationLock lock = MigrationLock.of(connection, flyway.getConfiguration().getTable())) {
			awaitOthers(lock, nameOfFlywayLock(connection, flyway));
			this.statements.guardedBy(lock);
			repair(flyway);
			configure(flyway).load().migrate();
			MigrationProgress.drop(this.dataSource);
		}
	}

	private FluentConfiguration configure(Flyway flyway) {
		Callback[] callbacks = Stream
			.concat(Arrays.stream(flyway.getConfiguration().getCallbacks()), Stream.of(this.statements))
			.toArray(Callback[]::new);
		return Flyway.configure()
			.configuration(flyway.getConfiguration())
			.dataSource(this.dataSource)
			.callbacks(callbacks);
	}

	// Flyway has a lock, too, which other programs may hold. It waits for that for ever,
	// and in silence.
	private void awaitOthers(MigrationLock lock, String flywayLock) throws SQLException {
		long began = System.nanoTime();
		boolean acquired = lock.acquire();
		while (!acquired || this.holders.isUsed(flywayLock)) {
			List<LockHolder> others = this.holders.of(acquired ? flywayLock : lock.name());
			if (System.nanoTime() - began > this.properties.patience().toNanos()) {
				throw MigrationException.another(this.server, others, this.properties.patience());
			}
			logger.info("Waiting for another migration on {}: {}", this.server, LockHolder.describe(others));
			pause();
			acquired = acquired || lock.acquire();
		}
	}

	// As MySQLNamedLockTemplate of Flyway does.
	private static String nameOfFlywayLock(Connection connection, Flyway flyway) throws SQLException {
		String table = "`%s`.`%s`".formatted(connection.getCatalog(), flyway.getConfiguration().getTable());
		return "Flyway-" + table.hashCode();
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

	// Flyway does nothing any more once it has noted a failure. Where more is wrong, that
	// is left alone: a repair would also accept scripts that somebody has changed.
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

}
