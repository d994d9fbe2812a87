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
 * Migrates one server, and resumes a run that was interrupted. Such a run has done some
 * statements of one migration, and Flyway has recorded that it failed or, if the process
 * died, has recorded nothing. Not thread-safe.
 */
public final class ResumableMigration {

	/**
	 * The number of connections that it uses at once: three of Flyway's, one that holds
	 * the migration's lock, and one that queries the holders of other locks.
	 */
	public static final int CONNECTIONS = 5;

	private static final Logger logger = LoggerFactory.getLogger(ResumableMigration.class);

	private static final Duration INTERVAL = Duration.ofSeconds(1);

	private final String server;

	private final LockHolders lockHolders;

	private final ResumableStatements statements = new ResumableStatements();

	private final MigrationDataSource dataSource;

	private final MigrationProperties properties;

	ResumableMigration(String server, DataSource dataSource, MigrationProperties properties) {
		this.server = server;
		this.lockHolders = new LockHolders(dataSource);
		var migrationStatements = new MigrationStatements(server, this.lockHolders, properties);
		this.dataSource = new MigrationDataSource(dataSource, migrationStatements, this.statements, properties);
		this.properties = properties;
	}

	/**
	 * Migrates when the application starts, if its own account may alter the schema.
	 * @throws MigrationException if the migration fails; it says what to do
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
	 * Runs every migration that is not done.
	 * @param flyway the configuration that contains the migrations
	 * @throws MigrationException if another migration still runs after
	 * {@code foobar.database.migration.timeout}
	 */
	void migrate(Flyway flyway) throws SQLException {
		try (Connection connection = this.dataSource.getConnection();
				MigrationLock lock = MigrationLock.of(connection, flyway.getConfiguration().getTable())) {
			awaitOtherMigrations(lock, flywayLockName(connection, flyway));
			this.statements.setLock(lock);
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

	// Flyway has a lock of its own, which other programs may hold. It waits for that lock
	// without limit and without a message.
	private void awaitOtherMigrations(MigrationLock lock, String flywayLock) throws SQLException {
		long began = System.nanoTime();
		boolean acquired = lock.acquire();
		while (!acquired || this.lockHolders.isHeld(flywayLock)) {
			List<LockHolder> others = this.lockHolders.holdersOf(acquired ? flywayLock : lock.name());
			if (System.nanoTime() - began > this.properties.timeout().toNanos()) {
				throw MigrationException.anotherMigration(this.server, others, this.properties.timeout());
			}
			logger.info("Waiting for another migration on {}: {}", this.server, LockHolder.describe(others));
			pause();
			acquired = acquired || lock.acquire();
		}
	}

	// Computes the name as Flyway's MySQLNamedLockTemplate does.
	private static String flywayLockName(Connection connection, Flyway flyway) throws SQLException {
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

	// Flyway refuses to migrate once it has recorded a failure. If the validation finds
	// other errors, nothing is repaired: a repair would also accept changed scripts.
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
