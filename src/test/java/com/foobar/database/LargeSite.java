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
 * A MySQL server with a site of 100,000 articles, that remembers every statement and what
 * it read. Points a context that is initialised with it at the server; {@link #fill()} it
 * then, once the tables are there.
 */
public class LargeSite extends MySqlServers {

	private static final MySQLContainer server = server(1,
			// As a real one: the whole site in memory.
			"--innodb-buffer-pool-size=512M", "--innodb-redo-log-capacity=512M",
			// Whatever is lost when this one fails is made again.
			"--innodb-flush-log-at-trx-commit=0", "--sync-binlog=0",
			"--performance-schema-consumer-events-statements-history-long=ON",
			"--performance-schema-max-sql-text-length=4096");

	static {
		server.start();
		createAccounts(server);
	}

	/**
	 * A statement that the site has sent.
	 *
	 * @param sorted how many rows it put in order
	 */
	public record Statement(String sql, long sorted) {
	}

	/** Loads the articles and all that belongs to them, unless they are there. */
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

	/** Forgets the statements until now. */
	public static void forget() {
		run(server, "TRUNCATE TABLE performance_schema.events_statements_history_long");
	}

	/** What the site has asked of its tables since, in order. */
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

	/** How many rows, and entries of indexes, the site has had read until now. */
	public static long rowsRead() {
		return Long.parseLong(ask(server, """
				SELECT CAST(SUM(variable_value) AS UNSIGNED) FROM performance_schema.status_by_user
				 WHERE user = 'site' AND variable_name LIKE 'Handler_read%'
				"""));
	}

	/** How the server goes about a statement. */
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
