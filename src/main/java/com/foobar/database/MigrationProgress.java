package com.foobar.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;

import javax.sql.DataSource;

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
 * Records in a table which statements of a migration are done, so that a run after one
 * that was cut does the others, and each is done once.
 * <p>
 * MySQL commits before and after each statement that changes the schema, and does it
 * wholly or not at all. What is recorded before it, in the same transaction as the rows
 * changed before it, is therefore kept together with those, and afterwards only this one
 * statement may or may not be done: it is tried again, and what MySQL answers tells.
 * <p>
 * SET statements are run each time, for the session that they set up is a new one.
 */
final class MigrationProgress extends BaseCallback {

	static final String TABLE = "migration_progress";

	private static final Logger logger = LoggerFactory.getLogger(MigrationProgress.class);

	private static final String CREATE = """
			CREATE TABLE IF NOT EXISTS migration_progress (
			  version VARCHAR(50) NOT NULL PRIMARY KEY,
			  checksum INT NOT NULL,
			  begun INT NOT NULL,
			  done INT NOT NULL)
			""";

	private static final Set<Event> EVENTS = EnumSet.of(Event.BEFORE_EACH_MIGRATE, Event.AFTER_EACH_MIGRATE,
			Event.AFTER_EACH_MIGRATE_ERROR);

	private static final Pattern COMMENTS = Pattern.compile("(?s)\\A(\\s+|--[^\\n]*(\\n|\\z)|/\\*.*?\\*/)+");

	private static final Pattern SET = Pattern.compile("(?is)SET\\s.*");

	private static final Pattern RENAME = Pattern.compile("(?is).*\\b(RENAME|CHANGE)\\b.*");

	private @Nullable String version;

	private int number;

	private int begun;

	private int done;

	/** Something to do to the server for a statement of a migration. */
	interface Attempt {

		boolean execute(String sql) throws SQLException;

	}

	@Override
	public boolean supports(Event event, @Nullable Context context) {
		return EVENTS.contains(event);
	}

	@Override
	public void handle(Event event, Context context) {
		this.version = null;
		MigrationInfo migration = context.getMigrationInfo();
		if (event == Event.BEFORE_EACH_MIGRATE && migration.isVersioned()
				&& migration.getType() == CoreMigrationType.SQL) {
			try {
				begin(context.getConnection(), migration.getVersion().getVersion(), migration.getChecksum());
			}
			catch (SQLException ex) {
				throw new FlywayException("The progress of the migration could not be recorded: " + ex.getMessage(),
						ex);
			}
		}
	}

	private void begin(Connection connection, String version, int checksum) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(CREATE);
		}
		update(connection, "INSERT IGNORE INTO migration_progress VALUES (?, ?, 0, 0)", version, checksum);
		read(connection, version, checksum);
		// Otherwise the first statement would find a transaction that has begun.
		if (!connection.getAutoCommit()) {
			connection.commit();
		}
		this.number = 0;
		this.version = version;
		if (this.begun > 0) {
			logger.info("A run of migration {} was cut in its statement {}. It goes on there", version, this.done + 1);
		}
	}

	private void read(Connection connection, String version, int checksum) throws SQLException {
		try (PreparedStatement statement = connection
			.prepareStatement("SELECT checksum, begun, done FROM migration_progress WHERE version = ?")) {
			statement.setString(1, version);
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				this.begun = row.getInt("begun");
				this.done = row.getInt("done");
				if (row.getInt("checksum") != checksum) {
					throw changed(version);
				}
			}
		}
	}

	private MigrationStatementException changed(String version) {
		return new MigrationStatementException(
				"Migration %s has changed since a run of it was cut in its statement %d".formatted(version,
						this.done + 1),
				"""
						Put its file back as it was and run it again. Or undo by hand what it has done so far, as root: \
						its statements before that one, and perhaps that one. Then type DROP TABLE %s; and run it again."""
					.formatted(TABLE));
	}

	/**
	 * Does the next statement of the migration, unless that is done.
	 * @return as {@link Statement#execute(String)}
	 */
	boolean execute(Connection connection, String sql, Attempt attempt) throws SQLException {
		if (this.version == null || SET.matcher(withoutComments(sql)).matches()) {
			return attempt.execute(sql);
		}
		this.number++;
		if (this.number <= this.done) {
			return skip(sql, attempt);
		}
		boolean mayBeDone = this.number == this.begun;
		record(connection, this.number, this.number - 1);
		boolean result = mayBeDone ? executeAgain(connection, sql, attempt) : executeFirst(connection, sql, attempt);
		record(connection, this.number, this.number);
		return result;
	}

	private boolean executeFirst(Connection connection, String sql, Attempt attempt) throws SQLException {
		try {
			return attempt.execute(sql);
		}
		catch (SQLException ex) {
			recordFailure(connection, ex);
			throw ex;
		}
	}

	private boolean executeAgain(Connection connection, String sql, Attempt attempt) throws SQLException {
		try {
			return attempt.execute(sql);
		}
		catch (SQLException ex) {
			if (saysThatItIsDone(sql, ex)) {
				return skip(sql, attempt);
			}
			recordFailure(connection, ex);
			throw ex;
		}
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

	/**
	 * What the server answered with an error is not done. A connection that is gone
	 * cannot record that: then nobody knows.
	 */
	private void recordFailure(Connection connection, SQLException failure) {
		try {
			connection.rollback();
			update(connection, "UPDATE migration_progress SET begun = done WHERE version = ? AND begun = ?",
					this.version, this.number);
			connection.commit();
		}
		catch (SQLException ex) {
			failure.addSuppressed(ex);
		}
	}

	private void record(Connection connection, int begun, int done) throws SQLException {
		update(connection, "UPDATE migration_progress SET begun = ?, done = ? WHERE version = ?", begun, done,
				this.version);
	}

	private static void update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			for (int index = 0; index < values.length; index++) {
				statement.setObject(index + 1, values[index]);
			}
			statement.executeUpdate();
		}
	}

	/** Deletes the record, once every migration is done. */
	void forget(DataSource server) throws SQLException {
		try (Connection connection = server.getConnection(); Statement statement = connection.createStatement()) {
			boolean exists;
			try (ResultSet tables = connection.getMetaData().getTables(connection.getCatalog(), null, TABLE, null)) {
				exists = tables.next();
			}
			if (exists) {
				statement.execute("DROP TABLE migration_progress");
			}
		}
	}

	static String firstLine(String sql) {
		return withoutComments(sql).lines().findFirst().orElse("");
	}

	private static String withoutComments(String sql) {
		return COMMENTS.matcher(sql).replaceFirst("");
	}

}
