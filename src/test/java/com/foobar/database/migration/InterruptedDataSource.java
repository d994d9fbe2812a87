package com.foobar.database.migration;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import javax.sql.DataSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Provides connections for a migration that is interrupted at one of its statements.
 * Either the server ends all sessions of the migration, as it does when the client's
 * process has died, or it reports an error.
 */
final class InterruptedDataSource extends DelegatingDataSource {

	/** Way in which a run is interrupted at a statement. */
	enum Interruption {

		/** The process dies when the statement is done. */
		KILLED,

		/**
		 * The process dies when all statements are done, before Flyway's history records
		 * that.
		 */
		KILLED_AT_THE_END,

		/** The server reports an error, and Flyway's history records the failure. */
		FAILED

	}

	private final String sql;

	private final Interruption interruption;

	private final List<Long> sessions = new CopyOnWriteArrayList<>();

	private boolean reached;

	InterruptedDataSource(DataSource server, String sql, Interruption interruption) {
		super(server);
		this.sql = sql;
		this.interruption = interruption;
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = super.getConnection();
		try (var statement = connection.createStatement();
				var result = statement.executeQuery("SELECT CONNECTION_ID()")) {
			result.next();
			this.sessions.add(result.getLong(1));
		}
		return (Connection) MigrationDataSource.proxy(Connection.class, (proxy, method, arguments) -> {
			Object result = MigrationDataSource.delegate(connection, method, arguments);
			if (this.reached && this.interruption == Interruption.KILLED_AT_THE_END
					&& method.getName().equals("commit")) {
				killSessions();
			}
			return (result instanceof Statement statement && method.getName().equals("createStatement"))
					? wrap(statement) : result;
		});
	}

	private Statement wrap(Statement statement) {
		return (Statement) MigrationDataSource.proxy(Statement.class, (proxy, method, arguments) -> {
			boolean atStatement = method.getName().equals("execute")
					&& withoutComments((String) arguments[0]).equals(this.sql);
			if (atStatement && this.interruption == Interruption.FAILED) {
				throw new SQLException("The table is full", "HY000", 1114);
			}
			Object result = MigrationDataSource.delegate(statement, method, arguments);
			if (atStatement) {
				this.reached = true;
				if (this.interruption == Interruption.KILLED) {
					killSessions();
				}
			}
			return result;
		});
	}

	private void killSessions() {
		var jdbc = JdbcClient.create(getTargetDataSource());
		this.sessions.forEach((session) -> jdbc.sql("""
				SELECT COUNT(*) FROM performance_schema.threads WHERE processlist_id = ?
				""")
			.param(session)
			.query(Integer.class)
			.optional()
			.filter((count) -> count > 0)
			.ifPresent((count) -> jdbc.sql("KILL " + session).update()));
	}

	/** Removes the comments of a statement, so that it can be compared. */
	static String withoutComments(String sql) {
		return sql.replaceAll("(?s)/\\*.*?\\*/|--[^\n]*", "").strip();
	}

}
