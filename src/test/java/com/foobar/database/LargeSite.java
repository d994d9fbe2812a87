package com.foobar.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.testcontainers.mysql.MySQLContainer;

/**
 * MySQL server with a site of 100,000 articles that keeps a history of all statements and
 * the rows that they read. As an initializer it sets the database settings of a context.
 * Call {@link #fill()} after the migration has created the tables.
 */
public class LargeSite extends MySqlServers {

	private static final MySQLContainer server = server(1,
			// The whole site fits in memory, as on a real server.
			"--innodb-buffer-pool-size=512M", "--innodb-redo-log-capacity=512M",
			// Durability is not needed, because the data is generated again.
			"--innodb-flush-log-at-trx-commit=0", "--sync-binlog=0",
			"--performance-schema-consumer-events-statements-history-long=ON",
			"--performance-schema-max-sql-text-length=4096");

	static {
		server.start();
		createAccounts(server);
	}

	/**
	 * Statement that the site has sent.
	 *
	 * @param sorted the number of rows that the server sorted for it
	 */
	public record Statement(String sql, long sorted) {
	}

	/** Loads the articles and the rows that belong to them, if there are no articles. */
	public static void fill() {
		if ("0".equals(ask(server, "SELECT COUNT(*) FROM articles"))) {
			try (Connection connection = open()) {
				ScriptUtils.executeSqlScript(connection, new ClassPathResource("large-site.sql"));
			}
			catch (SQLException ex) {
				throw new IllegalStateException("large-site.sql on " + address(server), ex);
			}
		}
	}

	public static void run(String statement) {
		run(server, statement);
	}

	/** Clears the history of statements. */
	public static void clearStatements() {
		run(server, "TRUNCATE TABLE performance_schema.events_statements_history_long");
	}

	/** Returns the statements with FROM that the site has sent since, in order. */
	public static List<Statement> statements() {
		return query("""
				SELECT sql_text AS `sql`, sort_rows AS sorted
				  FROM performance_schema.events_statements_history_long
				  JOIN performance_schema.threads USING (thread_id)
				 WHERE processlist_user = 'site' AND sql_text LIKE '%FROM%'
				 ORDER BY timer_start
				""");
	}

	private static List<Statement> query(String sql) {
		try (Connection connection = open()) {
			return JdbcClient.create(new SingleConnectionDataSource(connection, true))
				.sql(sql)
				.query(Statement.class)
				.list();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(sql + " on " + address(server), ex);
		}
	}

	/** Returns the number of rows and index entries read for the site until now. */
	public static long rowsRead() {
		return Long.parseLong(ask(server, """
				SELECT CAST(SUM(variable_value) AS UNSIGNED) FROM performance_schema.status_by_user
				 WHERE user = 'site' AND variable_name LIKE 'Handler_read%'
				"""));
	}

	/** Returns the execution plan of a statement. */
	public static String plan(Statement statement) {
		return ask(server, "EXPLAIN FORMAT=TREE " + statement.sql());
	}

	private static Connection open() throws SQLException {
		return DriverManager.getConnection(url(server), "root", PASSWORD);
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		point(context, List.of(server), server);
	}

}
