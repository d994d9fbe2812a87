package com.foobar.article;

import java.util.List;

import com.foobar.web.Timestamps;
import com.foobar.web.security.AuthenticatedUser;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What only its author does with an article. */
@Repository
class ArticleEditing {

	private final JdbcClient jdbc;

	private final Articles articles;

	private final Slugs slugs;

	ArticleEditing(JdbcClient jdbc, Articles articles, Slugs slugs) {
		this.jdbc = jdbc;
		this.articles = articles;
		this.slugs = slugs;
	}

	/**
	 * Makes sure that a visitor may change an article, and that nobody else does before
	 * this transaction ends.
	 * @return its id
	 * @throws ArticleNotFoundException if there is none
	 * @throws ForeignArticleException if another visitor wrote it
	 */
	@Transactional
	long claim(String slug, AuthenticatedUser visitor) {
		record Owned(long id, long authorId) {
		}
		Owned article = this.jdbc.sql("SELECT id, author_id FROM articles WHERE slug = :slug FOR UPDATE")
			.param("slug", slug)
			.query(Owned.class)
			.optional()
			.orElseThrow(() -> this.slugs.missing(slug));
		if (article.authorId() != visitor.id()) {
			throw new ForeignArticleException(slug, visitor);
		}
		return article.id();
	}

	/** Changes an article; a new title moves it. */
	@Transactional
	Article change(String slug, ArticleRevision revision, AuthenticatedUser author) {
		long id = claim(slug, author);
		Article before = this.articles.find(slug, author);
		ArticleDraft draft = revision.applyTo(ArticleDraft.of(before));
		update(id, draft);
		retag(id, before.tagList(), draft.tags());
		return this.articles.find(before.title().equals(draft.title()) ? slug : move(id, slug, draft.title()), author);
	}

	private void update(long id, ArticleDraft draft) {
		this.jdbc.sql("""
				UPDATE articles SET title = :title, description = :description, body = :body, updated_at = :now
				 WHERE id = :id
				""")
			.param("id", id)
			.param("title", draft.title())
			.param("description", draft.description())
			.param("body", draft.body())
			.param("now", Timestamps.now())
			.update();
	}

	private void retag(long id, List<String> before, List<String> after) {
		List<String> gone = before.stream().filter((tag) -> !after.contains(tag)).toList();
		if (!gone.isEmpty()) {
			this.jdbc.sql("DELETE FROM article_tags WHERE article_id = :id AND tag IN (:gone)")
				.param("id", id)
				.param("gone", gone)
				.update();
		}
		this.articles.tag(id, after.stream().filter((tag) -> !before.contains(tag)).toList(), Timestamps.now());
	}

	private String move(long id, String former, String title) {
		String slug = Slug.of(title);
		// Another title may well have the same words.
		if (slug.equals(former)) {
			return former;
		}
		try {
			rename(id, slug);
		}
		catch (DuplicateKeyException ex) {
			slug = Slug.distinct(slug);
			rename(id, slug);
		}
		this.slugs.retire(former, id);
		return slug;
	}

	private void rename(long id, String slug) {
		this.jdbc.sql("UPDATE articles SET slug = :slug WHERE id = :id").param("slug", slug).param("id", id).update();
	}

	/**
	 * Deletes an article, with all that belongs to it but its comments: nobody finds them
	 * any more, and they are deleted later, for they may be more than one transaction can
	 * delete. The rest is small: at most one favorite of each visitor, of some 30 bytes.
	 */
	@Transactional
	void delete(String slug, AuthenticatedUser author) {
		long id = claim(slug, author);
		this.jdbc.sql("INSERT INTO deleted_articles (article_id) VALUES (:id)").param("id", id).update();
		this.jdbc.sql("DELETE FROM articles WHERE id = :id").param("id", id).update();
	}

}
