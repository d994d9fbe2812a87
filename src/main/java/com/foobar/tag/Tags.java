package com.foobar.tag;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Lists tags. Safe for use by several threads. */
@Repository
public class Tags {

	private static final int COUNTED_ARTICLES = 500;

	private final JdbcClient jdbc;

	Tags(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns the most recently used tags, latest first. A tag is used if an author
	 * publishes an article with it or adds it to one later. The query reads indexes only.
	 * @param offset the number of tags to skip
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
			.query((row, rowNumber) -> row.getString("tag"))
			.list();
	}

	/**
	 * Returns the most used tags of the newest 500 articles, most used first; of equally
	 * used ones, the latest first. Older articles do not count, because the query would
	 * have to read all of them each time.
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
			.param("newest", COUNTED_ARTICLES)
			.param("limit", limit)
			.query((row, rowNumber) -> row.getString("tag"))
			.list();
	}

}
