package com.foobar.tag;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
public class Tags {

	private static final int NEWEST = 500;

	private final JdbcClient jdbc;

	Tags(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Every tag that some article has, alphabetically. */
	@Transactional(readOnly = true)
	public List<String> all() {
		return this.jdbc.sql("SELECT DISTINCT tag FROM article_tags ORDER BY tag")
			.query((row, number) -> row.getString("tag"))
			.list();
	}

	/**
	 * What is written about most, the most used first, of equals the latest. Only the
	 * newest articles count: all of them would have to be read each time.
	 */
	@Transactional(readOnly = true)
	public List<String> popular(int limit) {
		return this.jdbc
			.sql("""
					SELECT tag FROM article_tags
					 WHERE article_id IN (
					         SELECT id FROM (SELECT id FROM articles ORDER BY created_at DESC, id DESC LIMIT :newest) newest)
					 GROUP BY tag ORDER BY COUNT(*) DESC, MAX(article_id) DESC, tag LIMIT :limit
					""")
			.param("newest", NEWEST)
			.param("limit", limit)
			.query((row, number) -> row.getString("tag"))
			.list();
	}

}
