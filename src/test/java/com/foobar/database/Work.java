package com.foobar.database;

import java.util.function.Function;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;

/**
 * Runs statements in transactions that are declared by annotation, as in a feature of the
 * site.
 */
public class Work {

	private final JdbcClient jdbc;

	public Work(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Transactional(readOnly = true)
	public <T> T read(Function<JdbcClient, T> statements) {
		return statements.apply(this.jdbc);
	}

	@Transactional(readOnly = true, label = "strong")
	public <T> T readStrongly(Function<JdbcClient, T> statements) {
		return statements.apply(this.jdbc);
	}

	@Transactional
	public <T> T write(Function<JdbcClient, T> statements) {
		return statements.apply(this.jdbc);
	}

	@Transactional(label = "idempotent")
	public <T> T writeIdempotently(Function<JdbcClient, T> statements) {
		return statements.apply(this.jdbc);
	}

}
