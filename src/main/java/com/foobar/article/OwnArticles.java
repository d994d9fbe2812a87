package com.foobar.article;

import java.util.List;

import com.foobar.web.Timestamps;
import com.foobar.web.Visitor;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** What only its author does with an article. */
@Repository
class OwnArticles {

	private final JdbcClient jdbc;

	private final Articles articles;

	private final Slugs slugs;

	OwnArticles(JdbcClient jdbc, Articles articles, Slugs slugs) {
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
	long claim(String slug, Visitor visitor) {
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
	Article change(String slug, ArticleRevision revision, Visitor author) {
		long id = claim(slug, author);
		Article before = this.articles.find(slug, author);
		ArticleDraft draft = revision.applyTo(ArticleDraft.of(before));
		update(id, draft);
		if (!draft.tags().equals(before.tagList())) {
			retag(id, draft.tags());
		}
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

	private void retag(long id, List<String> tags) {
		this.jdbc.sql("DELETE FROM article_tags WHERE article_id = :id").param("id", id).update();
		this.articles.tag(id, tags);
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

	/** Deletes an article, with all that belongs to it. */
	@Transactional
	void delete(String slug, Visitor author) {
		this.jdbc.sql("DELETE FROM articles WHERE id = :id").param("id", claim(slug, author)).update();
	}

}
