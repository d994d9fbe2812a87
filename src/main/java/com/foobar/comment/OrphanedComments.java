package com.foobar.comment;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The comments on articles that were deleted, which are deleted a few at a time. */
@Repository
class OrphanedComments {

	private final JdbcClient jdbc;

	OrphanedComments(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Ids of some of the deleted articles that may still have comments. */
	@Transactional
	List<Long> articles() {
		return this.jdbc.sql("SELECT article_id FROM deleted_articles LIMIT 100")
			.query((row, number) -> row.getLong("article_id"))
			.list();
	}

	/**
	 * Looks for comments whose article was deleted without a note of it, as the version
	 * before does while both run. Reads a whole index, so it is not for every minute.
	 */
	@Transactional(readOnly = true)
	List<Long> unnoted() {
		return this.jdbc.sql("""
				SELECT DISTINCT article_id FROM comments LEFT JOIN articles ON articles.id = article_id
				 WHERE articles.id IS NULL LIMIT 100
				""").query((row, number) -> row.getLong("article_id")).list();
	}

	/**
	 * Deletes some of the comments on an article that was deleted.
	 * @return how many, and fewer than the limit when none are left
	 */
	@Transactional
	int delete(long article, int limit) {
		int deleted = this.jdbc.sql("DELETE FROM comments WHERE article_id = :article LIMIT :limit")
			.param("article", article)
			.param("limit", limit)
			.update();
		if (deleted < limit) {
			this.jdbc.sql("DELETE FROM deleted_articles WHERE article_id = :article")
				.param("article", article)
				.update();
		}
		return deleted;
	}

}
