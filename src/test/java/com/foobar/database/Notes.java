package com.foobar.database;

import java.util.function.Function;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.testcontainers.mysql.MySQLContainer;

/**
 * Creates a table for tests that write and read rows. Each author numbers their notes.
 */
public final class Notes {

	private Notes() {
	}

	public static void create(MySQLContainer primary) {
		MySqlPair.run(primary, "CREATE TABLE notes (id BIGINT AUTO_INCREMENT PRIMARY KEY, author INT, number INT)");
	}

	public static void drop(MySQLContainer primary) {
		MySqlPair.run(primary, "DROP TABLE notes");
	}

	/** Returns a statement that inserts a note. */
	public static Function<JdbcClient, Integer> write(int author, int number) {
		return (jdbc) -> jdbc.sql("INSERT INTO notes (author, number) VALUES (:author, :number)")
			.param("author", author)
			.param("number", number)
			.update();
	}

	/**
	 * Returns a query for the highest number of an author's notes, or 0 if there are
	 * none.
	 */
	public static Function<JdbcClient, Integer> newest(int author) {
		return (jdbc) -> jdbc.sql("SELECT COALESCE(MAX(number), 0) FROM notes WHERE author = :author")
			.param("author", author)
			.query(Integer.class)
			.single();
	}

}
