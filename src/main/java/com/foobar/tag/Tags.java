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

	/**
	 * The tags that were used last, the latest first: with an article that was published,
	 * or added to one later. Reads indexes alone.
	 * @param offset how many to leave out
	 */
	@Transactional(readOnly = true)
	List<String> latest(int limit, int offset) {
		return this.jdbc.sql("""
				SELECT tag FROM (
				         (SELECT tag, MAX(article_created_at) AS used_at FROM article_tags GROUP BY tag
				           ORDER BY used_at DESC, tag LIMIT :end)
				          UNION ALL
				         (SELECT tag, added_at FROM article_tags WHERE added_at IS NOT NULL
				           ORDER BY added_at DESC, tag DESC LIMIT :end)
				       ) newest
				 GROUP BY tag ORDER BY MAX(used_at) DESC, tag LIMIT :limit OFFSET :offset
				""")
			.param("end", (long) limit + offset)
			.param("limit", limit)
			.param("offset", offset)
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
