package com.foobar.database.migration;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A named lock of a server (GET_LOCK), which one migration of a schema has at a time. It
 * is gone with its session, and the migration then begins no further statement.
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
	 * That of the connection's schema.
	 * @param history the table of what was migrated
	 */
	static MigrationLock of(Connection connection, String history) throws SQLException {
		// The name of a schema alone can be as long as that of a lock may be.
		String schema = "`%s`.`%s`".formatted(connection.getCatalog(), history);
		return new MigrationLock(connection, "migration-" + Integer.toHexString(schema.hashCode()));
	}

	String name() {
		return this.name;
	}

	/** Takes it, unless another session has it. */
	boolean acquire() throws SQLException {
		return isTrue("SELECT GET_LOCK(?, 0)");
	}

	/**
	 * Makes sure that nobody has ended the session that holds it.
	 * @throws SQLException if somebody has, to stop the migration
	 */
	void check() throws SQLException {
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

	private boolean isTrue(String question) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(question)) {
			statement.setString(1, this.name);
			try (ResultSet answer = statement.executeQuery()) {
				return answer.next() && answer.getBoolean(1);
			}
		}
	}

}
