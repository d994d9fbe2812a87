package com.foobar.article;

import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds articles by their slugs, and redirects former slugs. Safe for use by several
 * threads.
 */
@Repository
public class Slugs {

	private final JdbcClient jdbc;

	Slugs(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns the id of the article with that slug.
	 * @throws ArticleNotFoundException if no article has or had that slug
	 * @throws ArticleMovedException if the article has another slug now
	 */
	@Transactional(readOnly = true)
	public long findArticleId(String slug) {
		return this.jdbc.sql("SELECT id FROM articles WHERE slug = :slug")
			.param("slug", slug)
			.query(Long.class)
			.optional()
			.orElseThrow(() -> missingSlugException(slug));
	}

	/**
	 * Returns the exception to throw if no article has that slug:
	 * {@link ArticleMovedException} if an article had it before, else
	 * {@link ArticleNotFoundException}.
	 */
	@Transactional(readOnly = true)
	public RuntimeException missingSlugException(String slug) {
		return currentSlug(slug).<RuntimeException>map((current) -> new ArticleMovedException(slug, current))
			.orElseGet(() -> new ArticleNotFoundException(slug));
	}

	private Optional<String> currentSlug(String slug) {
		return this.jdbc.sql("""
				SELECT articles.slug FROM former_slugs JOIN articles ON articles.id = article_id
				 WHERE former_slugs.slug = :slug
				""").param("slug", slug).query(String.class).optional();
	}

	/** Makes a former slug redirect to the article's current one. */
	@Transactional
	void addFormerSlug(String slug, long article) {
		this.jdbc.sql("DELETE FROM former_slugs WHERE slug = :slug").param("slug", slug).update();
		this.jdbc.sql("INSERT INTO former_slugs (slug, article_id) VALUES (:slug, :article)")
			.param("slug", slug)
			.param("article", article)
			.update();
	}

}
