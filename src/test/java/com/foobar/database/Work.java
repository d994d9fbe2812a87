package com.foobar.database;

import java.util.function.Function;

import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.transaction.annotation.Transactional;

/** Transactions as a feature has them: by annotation. */
class Work {

	private final JdbcClient jdbc;

	Work(JdbcClient jdbc) {
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

	@Retryable(includes = RecoverableDataAccessException.class, delay = 100)
	@Transactional
	public <T> T writeRepeatably(Function<JdbcClient, T> statements) {
		return statements.apply(this.jdbc);
	}

}
