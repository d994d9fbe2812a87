package com.foobar.favorite;

import com.foobar.article.Article;
import com.foobar.article.Articles;
import com.foobar.article.Slugs;
import com.foobar.web.security.AuthenticatedUser;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Stores which user likes which article. Each favorite is a row, and a query counts the
 * rows of an article: a stored counter could become wrong when many users change their
 * favorites at once. Safe for use by several threads.
 *
 * <p>
 * If no article has the slug, the methods throw the exception of
 * {@link Slugs#missingSlugException}.
 */
@Repository
class Favorites {

	private final JdbcClient jdbc;

	private final Articles articles;

	Favorites(JdbcClient jdbc, Articles articles) {
		this.jdbc = jdbc;
		this.articles = articles;
	}

	/** Adds an article to the user's favorites. Does nothing if it already is one. */
	@Transactional
	Article add(String slug, AuthenticatedUser user) {
		this.jdbc.sql("""
				INSERT IGNORE INTO favorites (user_id, article_id, article_created_at)
				SELECT :user, id, created_at FROM articles WHERE slug = :slug
				""").param("user", user.id()).param("slug", slug).update();
		return this.articles.find(slug, user);
	}

	/** Removes an article from the user's favorites. Does nothing if it is not one. */
	@Transactional
	Article remove(String slug, AuthenticatedUser user) {
		this.jdbc.sql("""
				DELETE FROM favorites
				 WHERE user_id = :user AND article_id = (SELECT id FROM articles WHERE slug = :slug)
				""").param("user", user.id()).param("slug", slug).update();
		return this.articles.find(slug, user);
	}

}
