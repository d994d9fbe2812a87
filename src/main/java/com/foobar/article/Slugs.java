package com.foobar.article;

import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Which article a slug leads to. */
@Repository
public class Slugs {

	private final JdbcClient jdbc;

	Slugs(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * The id of the article with that slug.
	 * @throws ArticleNotFoundException if there is none
	 * @throws ArticleMovedException if it has another slug now
	 */
	@Transactional(readOnly = true)
	public long find(String slug) {
		return this.jdbc.sql("SELECT id FROM articles WHERE slug = :slug")
			.param("slug", slug)
			.query(Long.class)
			.optional()
			.orElseThrow(() -> missing(slug));
	}

	/** Why no article has that slug. */
	@Transactional(readOnly = true)
	public RuntimeException missing(String slug) {
		return successor(slug).<RuntimeException>map((now) -> new ArticleMovedException(slug, now))
			.orElseGet(() -> new ArticleNotFoundException(slug));
	}

	private Optional<String> successor(String slug) {
		return this.jdbc.sql("""
				SELECT articles.slug FROM former_slugs JOIN articles ON articles.id = article_id
				 WHERE former_slugs.slug = :slug
				""").param("slug", slug).query(String.class).optional();
	}

	/** Makes a slug that an article had lead to where it is now. */
	@Transactional
	void retire(String slug, long article) {
		this.jdbc.sql("DELETE FROM former_slugs WHERE slug = :slug").param("slug", slug).update();
		this.jdbc.sql("INSERT INTO former_slugs (slug, article_id) VALUES (:slug, :article)")
			.param("slug", slug)
			.param("article", article)
			.update();
	}

}
