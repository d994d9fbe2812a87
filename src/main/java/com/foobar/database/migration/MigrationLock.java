package com.foobar.database.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds a named lock of a server (GET_LOCK), so that only one migration of a schema runs
 * at a time. The server releases the lock when the session ends; the migration then
 * begins no further statement. Not thread-safe.
 */
final class MigrationLock implements AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(MigrationLock.class);

	private final Connection connection;

	private final String name;

	private MigrationLock(Connection connection, String name) {
		this.connection = connection;
		this.name = name;
	}

	/**
	 * Creates the lock of the connection's schema, and does not acquire it.
	 * @param history the name of Flyway's history table
	 */
	static MigrationLock of(Connection connection, String history) throws SQLException {
		// A hash, because a schema's name alone can be as long as a lock's name may be.
		String schema = "`%s`.`%s`".formatted(connection.getCatalog(), history);
		return new MigrationLock(connection, "migration-" + Integer.toHexString(schema.hashCode()));
	}

	String name() {
		return this.name;
	}

	/**
	 * Acquires the lock without waiting.
	 * @return false if another session holds it
	 */
	boolean acquire() throws SQLException {
		return isTrue("SELECT GET_LOCK(?, 0)");
	}

	/**
	 * Checks that the session that holds the lock has not been ended.
	 * @throws SQLException if it has, to stop the migration
	 */
	void requireHeld() throws SQLException {
		if (!isTrue("SELECT IS_USED_LOCK(?) = CONNECTION_ID()")) {
			throw new SQLException("The migration has lost its lock [%s]".formatted(this.name));
		}
	}

	@Override
	public void close() {
		try {
			isTrue("SELECT RELEASE_LOCK(?)");
		}
		catch (SQLException ex) {
			logger.debug("The connection is lost, and so is the lock", ex);
		}
	}

	private boolean isTrue(String sql) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(sql)) {
			statement.setString(1, this.name);
			try (ResultSet result = statement.executeQuery()) {
				return result.next() && result.getBoolean(1);
			}
		}
	}

}
