package com.foobar.article;

import com.foobar.web.security.AuthenticatedUser;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who likes which article. Each liking is a row of its own, and an article's number of
 * them is counted, so that it is exact however many come and go at once.
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
	 * Notes that somebody likes an article; nothing changes if they already did.
	 * @throws ArticleNotFoundException if there is none
	 */
	@Transactional
	Article add(String slug, AuthenticatedUser fan) {
		this.jdbc.sql("""
				INSERT IGNORE INTO favorites (user_id, article_id, article_created_at)
				SELECT :fan, id, created_at FROM articles WHERE slug = :slug
				""").param("fan", fan.id()).param("slug", slug).update();
		return this.articles.find(slug, fan);
	}

	/**
	 * Forgets that somebody likes an article; nothing changes if they did not.
	 * @throws ArticleNotFoundException if there is none
	 */
	@Transactional
	Article remove(String slug, AuthenticatedUser fan) {
		this.jdbc.sql("""
				DELETE FROM favorites
				 WHERE user_id = :fan AND article_id = (SELECT id FROM articles WHERE slug = :slug)
				""").param("fan", fan.id()).param("slug", slug).update();
		return this.articles.find(slug, fan);
	}

}
