package com.foobar.site;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

import com.foobar.database.MySqlServers;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.testcontainers.mysql.MySQLContainer;

/**
 * Provides a MySQL server with a site of 100,000 articles. The server keeps a history of
 * all statements and counts the rows that they read. As an initializer, this class sets
 * the database settings of an application context. Call {@link #fill()} after the
 * migration has created the tables.
 */
public class LargeSite extends MySqlServers {

	private static final MySQLContainer server = server(1,
			// The whole site fits in memory, as in production.
			"--innodb-buffer-pool-size=512M", "--innodb-redo-log-capacity=512M",
			// The server needs no durability, because the data is generated again.
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
	 * @param sorted the number of rows that the server has sorted for the statement
	 */
	public record Statement(String sql, long sorted) {
	}

	/**
	 * Inserts the articles and the rows that belong to them, unless there are articles.
	 */
	public static void fill() {
		if ("0".equals(query(server, "SELECT COUNT(*) FROM articles"))) {
			try (Connection connection = open()) {
				ScriptUtils.executeSqlScript(connection, new ClassPathResource("large-site.sql", LargeSite.class));
			}
			catch (SQLException ex) {
				throw new IllegalStateException("large-site.sql failed on " + address(server), ex);
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

	/**
	 * Returns the statements with FROM that the site has sent since the history was
	 * cleared, in order.
	 */
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
			throw new IllegalStateException(sql + " failed on " + address(server), ex);
		}
	}

	/**
	 * Returns the number of rows and index entries that the server has read for the site
	 * so far.
	 */
	public static long rowsRead() {
		return Long.parseLong(query(server, """
				SELECT CAST(SUM(variable_value) AS UNSIGNED) FROM performance_schema.status_by_user
				 WHERE user = 'site' AND variable_name LIKE 'Handler_read%'
				"""));
	}

	/** Returns the execution plan of a statement. */
	public static String plan(Statement statement) {
		return query(server, "EXPLAIN FORMAT=TREE " + statement.sql());
	}

	private static Connection open() throws SQLException {
		return DriverManager.getConnection(url(server), "root", PASSWORD);
	}

	@Override
	public void initialize(ConfigurableApplicationContext context) {
		applySettings(context, List.of(server), server);
	}

}
