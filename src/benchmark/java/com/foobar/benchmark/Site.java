package com.foobar.benchmark;

import javax.sql.DataSource;

import com.foobar.FoobarApplication;
import com.foobar.database.MySqlPair;
import com.zaxxer.hikari.HikariConfig;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The site on a primary and a replica. The benchmarks use only what every feature uses
 * and every operator sets.
 */
final class Site implements AutoCloseable {

	private final ConfigurableApplicationContext context = new SpringApplicationBuilder(FoobarApplication.class,
			PageClock.class)
		.properties("server.port=0", "logging.level.root=warn")
		// MySqlPair starts the servers, so it is created after logging is set up.
		.initializers((starting) -> new MySqlPair().initialize(starting))
		.run();

	Site() {
		jdbc().sql("""
				INSERT IGNORE INTO users (id, username, email, password, created_at)
				VALUES (?, 'reader', 'reader', '!', NOW(6))
				""").param(ReadTransaction.ID).update();
		MySqlPair.awaitReplicas();
	}

	/**
	 * Publishes so many articles, each with two tags and a reader who likes it, and waits
	 * until the replica has them.
	 */
	void publish(int articles) {
		for (int number = 1; number <= articles; number++) {
			jdbc()
				.sql("""
						INSERT IGNORE INTO articles (id, slug, title, description, body, author_id, created_at, updated_at)
						VALUES (?, CONCAT('article-', ?), CONCAT('Article ', ?), 'What it is about', 'All of it', ?, NOW(6), NOW(6))
						""")
				.params(number, number, number, ReadTransaction.ID)
				.update();
			jdbc()
				.sql("""
						INSERT IGNORE INTO article_tags (article_id, tag, article_created_at)
						SELECT id, tag, created_at FROM articles JOIN (VALUES ROW('every'), ROW(CONCAT('tag-', ? % 7))) tags (tag)
						 WHERE id = ?
						""")
				.params(number, number)
				.update();
			jdbc().sql("""
					INSERT IGNORE INTO favorites (user_id, article_id, article_created_at)
					SELECT ?, id, created_at FROM articles WHERE id = ?
					""").params(ReadTransaction.ID, number).update();
		}
		MySqlPair.awaitReplicas();
	}

	String url() {
		return "http://localhost:%s/".formatted(this.context.getEnvironment().getProperty("local.server.port"));
	}

	PageClock clock() {
		return this.context.getBean(PageClock.class);
	}

	ReadTransaction read() {
		return new ReadTransaction(transaction(true), jdbc());
	}

	/**
	 * Returns a configuration that connects to the server of such a transaction with all
	 * properties that the site uses.
	 */
	HikariConfig sameAsSite(boolean readOnly) {
		var config = new HikariConfig();
		config.setJdbcUrl(url(readOnly));
		config.setUsername(this.context.getEnvironment().getProperty("foobar.database.username"));
		config.setPassword(this.context.getEnvironment().getProperty("foobar.database.password"));
		return config;
	}

	/**
	 * Returns a configuration that connects to the server of such a transaction with its
	 * address only.
	 */
	HikariConfig plain(boolean readOnly) {
		HikariConfig config = sameAsSite(readOnly);
		config.setJdbcUrl(config.getJdbcUrl().replaceFirst("\\?.*", ""));
		return config;
	}

	private String url(boolean readOnly) {
		var jdbc = new JdbcTemplate(this.context.getBean(DataSource.class));
		ConnectionCallback<String> getUrl = (connection) -> connection.getMetaData().getURL();
		return transaction(readOnly).execute((status) -> jdbc.execute(getUrl));
	}

	private TransactionTemplate transaction(boolean readOnly) {
		var transaction = new TransactionTemplate(this.context.getBean(PlatformTransactionManager.class));
		transaction.setReadOnly(readOnly);
		return transaction;
	}

	private JdbcClient jdbc() {
		return this.context.getBean(JdbcClient.class);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
