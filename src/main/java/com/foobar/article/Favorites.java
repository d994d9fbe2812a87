package com.foobar.article;

import com.foobar.web.security.AuthenticatedUser;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Stores which user likes which article. Each favorite is a row, and a query counts the
 * rows of an article: a stored counter could become wrong when many users change their
 * favorites at once. Safe for use by several threads.
 */
@Repository
class Favorites {

	private final JdbcClient jdbc;

	private final Articles articles;

	Favorites(JdbcClient jdbc, Articles articles) {
		this.jdbc = jdbc;
		this.articles = articles;
	}

	/**
	 * Adds an article to the user's favorites. Does nothing if it already is one.
	 * @throws ArticleNotFoundException if no article has or had that slug
	 * @throws ArticleMovedException if the article has another slug now
	 */
	@Transactional
	Article add(String slug, AuthenticatedUser user) {
		this.jdbc.sql("""
				INSERT IGNORE INTO favorites (user_id, article_id, article_created_at)
				SELECT :user, id, created_at FROM articles WHERE slug = :slug
				""").param("user", user.id()).param("slug", slug).update();
		return this.articles.find(slug, user);
	}

	/**
	 * Removes an article from the user's favorites. Does nothing if it is not one.
	 * @throws ArticleNotFoundException if no article has or had that slug
	 * @throws ArticleMovedException if the article has another slug now
	 */
	@Transactional
	Article remove(String slug, AuthenticatedUser user) {
		this.jdbc.sql("""
				DELETE FROM favorites
				 WHERE user_id = :user AND article_id = (SELECT id FROM articles WHERE slug = :slug)
				""").param("user", user.id()).param("slug", slug).update();
		return this.articles.find(slug, user);
	}

}
