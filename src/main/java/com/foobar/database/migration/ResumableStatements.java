package com.foobar.database.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

import com.foobar.database.server.MySqlError;
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
 * Does each statement of a migration once, also when a run of it was cut: the next one
 * does the others.
 * <p>
 * That a statement is done is recorded in one transaction with the rows it changes. A
 * statement that changes the schema is committed by MySQL at once, wholly or not at all:
 * where the run was cut before that was recorded, it is in doubt, and is tried again. If
 * it is done, MySQL says that what it makes is there, or what it takes away is gone.
 * <p>
 * SET statements are run each time, for the session that they set up is a new one.
 */
final class ResumableStatements extends BaseCallback {

	private static final Logger logger = LoggerFactory.getLogger(ResumableStatements.class);

	private static final Set<Event> EVENTS = EnumSet.of(Event.BEFORE_EACH_MIGRATE, Event.AFTER_EACH_MIGRATE,
			Event.AFTER_EACH_MIGRATE_ERROR);

	private static final Pattern COMMENTS = Pattern.compile("(?s)\\A(\\s+|(--|#)[^\\n]*(\\n|\\z)|/\\*(?!!).*?\\*/)+");

	private static final Pattern SET = Pattern.compile("(?is)SET\\s.*");

	private static final Pattern RENAME = Pattern.compile("(?is).*\\b(RENAME|CHANGE)\\b.*");

	/** That of the migration under way; null while there is none with a script. */
	private @Nullable MigrationProgress progress;

	private int number;

	private @Nullable MigrationLock lock;

	/** Something to do to the server for a statement of a migration. */
	interface Attempt {

		boolean execute(String sql) throws SQLException;

	}

	/** No statement begins any more once this lock is lost. */
	void guardedBy(MigrationLock lock) {
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
					"Migration %s is to run without a transaction, so it could not be gone on with".formatted(version),
					"Leave out executeInTransaction, in its .conf file or in spring.flyway.");
		}
		MigrationProgress found = MigrationProgress.open(connection, version, migration.getChecksum());
		// Otherwise the first statement would find a transaction that has begun.
		connection.commit();
		if (found.begun() > 0) {
			logger.info("A run of migration {} was cut in its statement {}. It goes on there", version,
					found.done() + 1);
		}
		this.number = 0;
		return found;
	}

	/**
	 * Does the next statement of the migration, unless that is done.
	 * @return as {@link Statement#execute(String)}
	 */
	boolean execute(Connection connection, String sql, Attempt attempt) throws SQLException {
		if (this.lock != null) {
			this.lock.check();
		}
		MigrationProgress earlier = this.progress;
		if (earlier == null || SET.matcher(withoutComments(sql)).matches()) {
			return attempt.execute(sql);
		}
		this.number++;
		if (earlier.isDone(this.number)) {
			return skip(sql, attempt);
		}
		earlier.begin(connection, this.number);
		boolean result;
		try {
			result = attempt.execute(sql);
		}
		catch (SQLException ex) {
			if (!earlier.isInDoubt(this.number) || !saysThatItIsDone(sql, ex)) {
				earlier.fail(connection, ex);
				throw ex;
			}
			result = skip(sql, attempt);
		}
		earlier.end(connection, this.number);
		return result;
	}

	private static boolean saysThatItIsDone(String sql, SQLException ex) {
		return MySqlError.isOneOf(MySqlError.THERE_OR_GONE, ex)
				|| (MySqlError.isOneOf(MySqlError.UNKNOWN_NAME, ex) && RENAME.matcher(sql).matches());
	}

	// Flyway asks the statement what came of it.
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
