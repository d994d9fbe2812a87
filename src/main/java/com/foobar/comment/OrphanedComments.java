package com.foobar.comment;

import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds and deletes comments whose article was deleted, in batches. Safe for use by
 * several threads.
 */
@Repository
class OrphanedComments {

	private final JdbcClient jdbc;

	OrphanedComments(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Returns the ids of up to 100 deleted articles that may still have comments. */
	@Transactional
	List<Long> deletedArticles() {
		return this.jdbc.sql("SELECT article_id FROM deleted_articles LIMIT 100")
			.query((row, rowNumber) -> row.getLong("article_id"))
			.list();
	}

	/**
	 * Returns the ids of up to 100 articles that have comments but do not exist, even if
	 * they are not in {@code deleted_articles}. The previous version of the application
	 * does not record deleted articles there, and runs beside this one during a roll-out.
	 * The query reads a whole index, so it must not run often.
	 */
	@Transactional(readOnly = true)
	List<Long> unrecordedArticles() {
		return this.jdbc.sql("""
				SELECT DISTINCT article_id FROM comments LEFT JOIN articles ON articles.id = article_id
				 WHERE articles.id IS NULL LIMIT 100
				""").query((row, rowNumber) -> row.getLong("article_id")).list();
	}

	/**
	 * Deletes one batch of the comments on a deleted article.
	 * @return the number of deleted comments; less than the limit if none is left
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
