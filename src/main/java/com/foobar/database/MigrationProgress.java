package com.foobar.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

/**
 * How far a migration has come, in a table on the server that is there only while
 * migrations are not done. Statements are counted from 1.
 *
 * @param version of the migration
 * @param begun the last statement that was begun: done, or not, or perhaps
 * @param done the last statement that is surely done
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
	 * Reads how far earlier runs have come.
	 * @param checksum of the migration's script
	 * @throws MigrationStatementException if they ran another script
	 */
	static MigrationProgress read(Connection connection, String version, int checksum) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(CREATE);
		}
		update(connection, "INSERT IGNORE INTO migration_progress VALUES (?, ?, 0, 0)", version, checksum);
		try (PreparedStatement statement = connection
			.prepareStatement("SELECT checksum, begun, done FROM migration_progress WHERE version = ?")) {
			statement.setString(1, version);
			try (ResultSet row = statement.executeQuery()) {
				row.next();
				var progress = new MigrationProgress(version, row.getInt("begun"), row.getInt("done"));
				if (row.getInt("checksum") != checksum) {
					throw progress.changed();
				}
				return progress;
			}
		}
	}

	private MigrationStatementException changed() {
		return new MigrationStatementException(
				"Migration %s has changed since a run of it was cut in its statement %d".formatted(this.version,
						this.done + 1),
				"""
						Put its file back as it was and run it again. Or undo by hand what it has done so far, as root: \
						its statements before that one, and perhaps that one. Then type DROP TABLE %s; and run it again."""
					.formatted(TABLE));
	}

	boolean isDone(int statement) {
		return statement <= this.done;
	}

	/** Whether nobody knows if an earlier run has done it. */
	boolean isInDoubt(int statement) {
		return statement == this.begun && !isDone(statement);
	}

	/** Records that a statement begins. It is kept with what the transaction changes. */
	void begin(Connection connection, int statement) throws SQLException {
		record(connection, statement, statement - 1);
	}

	/** Records that a statement is done. It is kept with what that has changed. */
	void end(Connection connection, int statement) throws SQLException {
		record(connection, statement, statement);
	}

	private void record(Connection connection, int begun, int done) throws SQLException {
		update(connection, "UPDATE migration_progress SET begun = ?, done = ? WHERE version = ?", begun, done,
				this.version);
	}

	/**
	 * Records that the server answered a statement with an error: it is not done. A
	 * connection that is lost cannot record that, and leaves it in doubt.
	 */
	void fail(Connection connection, int statement, SQLException failure) {
		try {
			connection.rollback();
			update(connection, "UPDATE migration_progress SET begun = done WHERE version = ? AND begun = ?",
					this.version, statement);
			connection.commit();
		}
		catch (SQLException ex) {
			failure.addSuppressed(ex);
		}
	}

	/** Drops the table, once every migration is done. */
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

	private static void update(Connection connection, String sql, Object... values) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			for (int index = 0; index < values.length; index++) {
				statement.setObject(index + 1, values[index]);
			}
			statement.executeUpdate();
		}
	}

}
