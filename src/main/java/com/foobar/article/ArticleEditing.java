package com.foobar.article;

import java.time.Clock;
import java.util.List;

import com.foobar.web.Timestamps;
import com.foobar.web.security.AuthenticatedUser;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Changes and deletes articles on behalf of their authors. Safe for use by several
 * threads.
 */
@Repository
class ArticleEditing {

	private final JdbcClient jdbc;

	private final Articles articles;

	private final Slugs slugs;

	private final Clock clock;

	ArticleEditing(JdbcClient jdbc, Articles articles, Slugs slugs, Clock clock) {
		this.jdbc = jdbc;
		this.articles = articles;
		this.slugs = slugs;
		this.clock = clock;
	}

	/**
	 * Locks the row of an article until the transaction ends, and checks that the user is
	 * its author.
	 * @return the article's id
	 * @throws ArticleNotFoundException if no article has or had that slug
	 * @throws ArticleMovedException if the article has another slug now
	 * @throws ForeignArticleException if another user is its author
	 */
	@Transactional
	long lock(String slug, AuthenticatedUser user) {
		record Owned(long id, long authorId) {
		}
		Owned article = this.jdbc.sql("SELECT id, author_id FROM articles WHERE slug = :slug FOR UPDATE")
			.param("slug", slug)
			.query(Owned.class)
			.optional()
			.orElseThrow(() -> this.slugs.missingSlugException(slug));
		if (article.authorId() != user.id()) {
			throw new ForeignArticleException(slug, user);
		}
		return article.id();
	}

	/**
	 * Changes an article. A new title changes the slug too; the former slug then
	 * redirects to the new one.
	 * @throws ArticleNotFoundException if no article has or had that slug
	 * @throws ArticleMovedException if the article has another slug now
	 * @throws ForeignArticleException if another user is its author
	 */
	@Transactional
	Article change(String slug, ArticleRevision revision, AuthenticatedUser author) {
		long id = lock(slug, author);
		Article before = this.articles.find(slug, author);
		ArticleDraft draft = revision.applyTo(ArticleDraft.of(before));
		update(id, draft);
		updateTags(id, before.tagList(), draft.tags());
		return this.articles.find(before.title().equals(draft.title()) ? slug : changeSlug(id, slug, draft.title()),
				author);
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
			.param("now", Timestamps.now(this.clock))
			.update();
	}

	private void updateTags(long id, List<String> before, List<String> after) {
		List<String> removed = before.stream().filter((tag) -> !after.contains(tag)).toList();
		if (!removed.isEmpty()) {
			this.jdbc.sql("DELETE FROM article_tags WHERE article_id = :id AND tag IN (:removed)")
				.param("id", id)
				.param("removed", removed)
				.update();
		}
		List<String> added = after.stream().filter((tag) -> !before.contains(tag)).toList();
		this.articles.addTags(id, added, Timestamps.now(this.clock));
	}

	private String changeSlug(long id, String former, String title) {
		String slug = Slug.of(title);
		// Two titles can have the same slug.
		if (slug.equals(former)) {
			return former;
		}
		try {
			updateSlug(id, slug);
		}
		catch (DuplicateKeyException ex) {
			slug = Slug.withRandomSuffix(slug);
			updateSlug(id, slug);
		}
		this.slugs.addFormerSlug(former, id);
		return slug;
	}

	private void updateSlug(long id, String slug) {
		this.jdbc.sql("UPDATE articles SET slug = :slug WHERE id = :id").param("slug", slug).param("id", id).update();
	}

	/**
	 * Deletes an article with its tags and favorites. {@code OrphanPurge} deletes the
	 * comments later, because they can be too many for one transaction; no visitor sees
	 * them any more. The other rows are small: at most one favorite for each user, of
	 * about 30 bytes.
	 * @throws ArticleNotFoundException if no article has or had that slug
	 * @throws ArticleMovedException if the article has another slug now
	 * @throws ForeignArticleException if another user is its author
	 */
	@Transactional
	void delete(String slug, AuthenticatedUser author) {
		long id = lock(slug, author);
		this.jdbc.sql("INSERT INTO deleted_articles (article_id) VALUES (:id)").param("id", id).update();
		this.jdbc.sql("DELETE FROM articles WHERE id = :id").param("id", id).update();
	}

}
