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
 * Connections for a migration that is cut at one of its statements: the server ends all
 * their sessions, as it does when the process at their other end has died, or answers
 * with an error.
 */
final class InterruptedDataSource extends DelegatingDataSource {

	/** How a run ends at a statement. */
	enum End {

		/** Its process died when the statement was done. */
		KILLED,

		/** Its process died when all was done, and that not yet in Flyway's history. */
		KILLED_AT_THE_END,

		/** The server could not do the statement, and that is in Flyway's history. */
		FAILED

	}

	private final String sql;

	private final End end;

	private final List<Long> sessions = new CopyOnWriteArrayList<>();

	private boolean reached;

	InterruptedDataSource(DataSource server, String sql, End end) {
		super(server);
		this.sql = sql;
		this.end = end;
	}

	@Override
	public Connection getConnection() throws SQLException {
		Connection connection = super.getConnection();
		try (var statement = connection.createStatement();
				var answer = statement.executeQuery("SELECT CONNECTION_ID()")) {
			answer.next();
			this.sessions.add(answer.getLong(1));
		}
		return (Connection) MigrationDataSource.proxy(Connection.class, (proxy, method, arguments) -> {
			Object result = MigrationDataSource.pass(connection, method, arguments);
			if (this.reached && this.end == End.KILLED_AT_THE_END && method.getName().equals("commit")) {
				kill();
			}
			return (result instanceof Statement statement && method.getName().equals("createStatement"))
					? wrap(statement) : result;
		});
	}

	private Statement wrap(Statement statement) {
		return (Statement) MigrationDataSource.proxy(Statement.class, (proxy, method, arguments) -> {
			boolean last = method.getName().equals("execute")
					&& withoutComments((String) arguments[0]).equals(this.sql);
			if (last && this.end == End.FAILED) {
				throw new SQLException("The table is full", "HY000", 1114);
			}
			Object result = MigrationDataSource.pass(statement, method, arguments);
			if (last) {
				this.reached = true;
				if (this.end == End.KILLED) {
					kill();
				}
			}
			return result;
		});
	}

	private void kill() {
		var jdbc = JdbcClient.create(getTargetDataSource());
		this.sessions.forEach((session) -> jdbc.sql("""
				SELECT COUNT(*) FROM performance_schema.threads WHERE processlist_id = ?
				""")
			.param(session)
			.query(Integer.class)
			.optional()
			.filter((there) -> there > 0)
			.ifPresent((there) -> jdbc.sql("KILL " + session).update()));
	}

	/** As the statements of a script are compared. */
	static String withoutComments(String sql) {
		return sql.replaceAll("(?s)/\\*.*?\\*/|--[^\n]*", "").strip();
	}

}
