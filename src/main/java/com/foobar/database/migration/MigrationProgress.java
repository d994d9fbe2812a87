package com.foobar.database.migration;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

/**
 * Records how far a migration has come, in the table {@value #TABLE} on the server. The
 * table exists only while a migration is not done. Statements are numbered from 1.
 *
 * @param version the version of the migration
 * @param begun the last statement that was begun, whether it is done or not
 * @param done the last statement that is certainly done
 */
record MigrationProgress(String version, int begun, int done) {

	static final String TABLE = "migration_progress";

	private static final String CREATE = """
			CREATE TABLE IF NOT EXISTS migration_progress (
			  version VARCHAR(50) NOT NULL PRIMARY KEY,
			  checksum INT NOT NULL,
			  begun INT NOT NULL,
			  done INT NOT NULL)
			""";

	/**
	 * Reads how far earlier runs have come, and inserts a record if there is none. Waits
	 * for a session that has locked the record as for any lock.
	 * @param checksum the checksum of the migration's script
	 * @throws MigrationStatementException if earlier runs used another script
	 */
	static MigrationProgress open(Connection connection, String version, int checksum) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(CREATE);
			statement
				.execute("INSERT IGNORE INTO migration_progress VALUES ('%s', %d, 0, 0)".formatted(version, checksum));
			statement.execute("UPDATE migration_progress SET checksum = %d WHERE version = '%s' AND begun = 0"
				.formatted(checksum, version));
			try (ResultSet row = statement.executeQuery(
					"SELECT checksum, begun, done FROM migration_progress WHERE version = '%s'".formatted(version))) {
				row.next();
				var progress = new MigrationProgress(version, row.getInt("begun"), row.getInt("done"));
				if (row.getInt("checksum") != checksum) {
					throw progress.scriptChanged();
				}
				return progress;
			}
		}
	}

	private MigrationStatementException scriptChanged() {
		int next = this.done + 1;
		boolean failed = this.begun == this.done;
		return new MigrationStatementException(
				"Migration %s has changed since a run of it %s in its statement %d".formatted(this.version,
						failed ? "failed" : "was interrupted", next),
				"""
						Put its file back as it was and run it again. Or undo by hand, as root, what it has done so \
						far: %s. \
						Then type DROP TABLE %s; and run it again."""
					.formatted((next == 1) ? "perhaps its first statement" : "its statements up to number %d%s"
						.formatted(this.done, failed ? "" : ", and perhaps number " + next), TABLE));
	}

	boolean isDone(int statement) {
		return statement <= this.done;
	}

	/** Whether it is not known if an earlier run has done the statement. */
	boolean isInDoubt(int statement) {
		return statement == this.begun && !isDone(statement);
	}

	/** Records that a statement begins, in the transaction of its own changes. */
	void begin(Connection connection, int statement) throws SQLException {
		update(connection, "SET begun = %d, done = %d".formatted(statement, statement - 1));
	}

	/** Records that a statement is done, and commits that together with its changes. */
	void end(Connection connection, int statement) throws SQLException {
		update(connection, "SET begun = %d, done = %1$d".formatted(statement));
		connection.commit();
	}

	/**
	 * Records that a statement is not done, because the server reported an error. If the
	 * connection is lost, this cannot be recorded, and the statement stays in doubt.
	 */
	void fail(Connection connection, SQLException error) {
		try {
			connection.rollback();
			update(connection, "SET begun = done");
			connection.commit();
		}
		catch (SQLException ex) {
			error.addSuppressed(ex);
		}
	}

	private void update(Connection connection, String assignments) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute("UPDATE migration_progress %s WHERE version = '%s'".formatted(assignments, this.version));
		}
	}

	/** Drops the table, when every migration is done. */
	static void drop(DataSource server) throws SQLException {
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

}
