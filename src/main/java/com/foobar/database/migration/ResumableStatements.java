package com.foobar.database.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

import com.foobar.database.connection.MySqlError;
import org.flywaydb.core.api.CoreMigrationType;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.BaseCallback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each statement of a migration once, even if a run is interrupted: the next run
 * executes the remaining statements. Not thread-safe.
 * <p>
 * The progress is recorded in the transaction in which a statement changes rows. MySQL
 * commits a statement that changes the schema at once, as a whole or not at all. If a run
 * is interrupted before the progress is recorded, such a statement is in doubt, and the
 * next run executes it again. If it was done, MySQL reports an error which says that the
 * object to create exists (as ER_TABLE_EXISTS_ERROR) or that the object to drop does not
 * exist (as ER_BAD_TABLE_ERROR).
 * <p>
 * SET statements run each time, because each run has a new session.
 */
final class ResumableStatements extends BaseCallback {

	private static final Logger logger = LoggerFactory.getLogger(ResumableStatements.class);

	private static final Set<Event> EVENTS = EnumSet.of(Event.BEFORE_EACH_MIGRATE, Event.AFTER_EACH_MIGRATE,
			Event.AFTER_EACH_MIGRATE_ERROR);

	private static final Pattern COMMENTS = Pattern.compile("(?s)\\A(\\s+|(--|#)[^\\n]*(\\n|\\z)|/\\*(?!!).*?\\*/)+");

	private static final Pattern SET = Pattern.compile("(?is)SET\\s.*");

	private static final Pattern RENAME = Pattern.compile("(?is).*\\b(RENAME|CHANGE)\\b.*");

	/** The progress of the current migration; null if there is none with a script. */
	private @Nullable MigrationProgress progress;

	private int statementNumber;

	private @Nullable MigrationLock lock;

	/** Executes a statement of a migration on the server. */
	interface Attempt {

		boolean execute(String sql) throws SQLException;

	}

	/** Sets the migration's lock: no further statement begins once it is lost. */
	void setLock(MigrationLock lock) {
		this.lock = lock;
	}

	@Override
	public boolean supports(Event event, @Nullable Context context) {
		return EVENTS.contains(event);
	}

	@Override
	public void handle(Event event, Context context) {
		this.progress = null;
		MigrationInfo migration = context.getMigrationInfo();
		if (event == Event.BEFORE_EACH_MIGRATE && migration.isVersioned()
				&& migration.getType() == CoreMigrationType.SQL) {
			try {
				this.progress = begin(context.getConnection(), migration);
			}
			catch (SQLException ex) {
				throw new FlywayException("The progress of the migration could not be recorded: " + ex.getMessage(),
						ex);
			}
		}
	}

	private MigrationProgress begin(Connection connection, MigrationInfo migration) throws SQLException {
		String version = migration.getVersion().getVersion();
		if (connection.getAutoCommit()) {
			throw new MigrationStatementException(
					"Migration %s is to run without a transaction, so it could not be resumed".formatted(version),
					"Leave out executeInTransaction, in its .conf file or in spring.flyway.");
		}
		MigrationProgress found = MigrationProgress.open(connection, version, migration.getChecksum());
		// Otherwise the first statement would run in a transaction that has already
		// begun.
		connection.commit();
		if (found.begun() > 0) {
			logger.info("A run of migration {} was interrupted in its statement {}. It is resumed there", version,
					found.done() + 1);
		}
		this.statementNumber = 0;
		return found;
	}

	/**
	 * Executes the next statement of the migration, unless an earlier run has done it.
	 * @return as {@link Statement#execute(String)}
	 * @throws MigrationStatementException if the statement does not get a lock in time
	 * (ER_LOCK_WAIT_TIMEOUT)
	 */
	boolean execute(Connection connection, String sql, Attempt attempt) throws SQLException {
		if (this.lock != null) {
			this.lock.requireHeld();
		}
		MigrationProgress recorded = this.progress;
		if (recorded == null || SET.matcher(withoutComments(sql)).matches()) {
			return attempt.execute(sql);
		}
		this.statementNumber++;
		if (recorded.isDone(this.statementNumber)) {
			return skip(sql, attempt);
		}
		recorded.begin(connection, this.statementNumber);
		boolean result;
		try {
			result = attempt.execute(sql);
		}
		catch (SQLException ex) {
			if (!recorded.isInDoubt(this.statementNumber) || !isAlreadyDone(sql, ex)) {
				recorded.fail(connection, ex);
				throw ex;
			}
			result = skip(sql, attempt);
		}
		recorded.end(connection, this.statementNumber);
		return result;
	}

	private static boolean isAlreadyDone(String sql, SQLException ex) {
		return MySqlError.isOneOf(MySqlError.ALREADY_APPLIED, ex)
				|| (MySqlError.isOneOf(MySqlError.ALREADY_RENAMED, ex) && RENAME.matcher(sql).matches());
	}

	// Flyway reads the statement's result, so another one that does nothing is executed.
	private static boolean skip(String sql, Attempt attempt) throws SQLException {
		logger.info("Done by an earlier run: {}", firstLine(sql));
		return attempt.execute("DO 0");
	}

	static String firstLine(String sql) {
		return withoutComments(sql).lines().findFirst().orElse("");
	}

	private static String withoutComments(String sql) {
		return COMMENTS.matcher(sql).replaceFirst("");
	}

}
