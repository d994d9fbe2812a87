package com.foobar.tag;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
public class Tags {

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

	/** The tags of most articles, the most used first. */
	@Transactional(readOnly = true)
	public List<String> popular(int limit) {
		return this.jdbc.sql("""
				SELECT tag FROM article_tags GROUP BY tag ORDER BY COUNT(*) DESC, tag LIMIT :limit
				""").param("limit", limit).query((row, number) -> row.getString("tag")).list();
	}

}
