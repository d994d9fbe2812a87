package com.foobar.article;

import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import com.foobar.web.Timestamps;
import com.foobar.web.security.AuthenticatedUser;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Finds, lists and publishes articles. Safe for use by several threads. */
@Repository
public class Articles {

	private static final String SELECT = """
			SELECT slug, title, description, %s articles.created_at, articles.updated_at,
			       (SELECT JSON_ARRAYAGG(tag) FROM article_tags WHERE article_id = articles.id) AS tags,
			       EXISTS (SELECT 1 FROM favorites
			                WHERE article_id = articles.id AND user_id = :reader) AS favorited,
			       (SELECT COUNT(*) FROM favorites WHERE article_id = articles.id) AS favorites_count,
			       users.username, users.bio, users.image,
			       EXISTS (SELECT 1 FROM follows
			                WHERE follower_id = :reader AND followed_id = author_id) AS following
			  FROM articles JOIN users ON users.id = author_id
			""";

	private static final String SELECT_WITH_BODY = SELECT.formatted("body,");

	public static final String SELECT_WITHOUT_BODY = SELECT.formatted("NULL AS body,");

	private final JdbcClient jdbc;

	private final ArticleRowMapper rows;

	private final Slugs slugs;

	private final Clock clock;

	Articles(JdbcClient jdbc, ArticleRowMapper rows, Slugs slugs, Clock clock) {
		this.jdbc = jdbc;
		this.rows = rows;
		this.slugs = slugs;
		this.clock = clock;
	}

	/**
	 * Returns an article with its body, as that visitor sees it.
	 * @param reader the user who reads, or null for an anonymous visitor
	 * @throws ArticleNotFoundException if no article has or had that slug
	 * @throws ArticleMovedException if the article has another slug now
	 */
	@Transactional(readOnly = true)
	public Article find(String slug, @Nullable AuthenticatedUser reader) {
		return select(slug, reader);
	}

	/**
	 * Returns one page of a list, newest first, and the number of articles on all pages.
	 * @param reader the user who reads, or null for an anonymous visitor
	 */
	@Transactional(readOnly = true)
	ArticleList list(ArticleFilter filter, Paging paging, @Nullable AuthenticatedUser reader) {
		int count = this.jdbc.sql(filter.listTable().countSql())
			.params(filter.parameters())
			.query(Integer.class)
			.single();
		return new ArticleList(page(filter, paging, reader), count);
	}

	private List<Article> page(ArticleFilter filter, Paging paging, @Nullable AuthenticatedUser reader) {
		return this.jdbc.sql(SELECT_WITHOUT_BODY + "JOIN (" + filter.listTable().pageSql() + """
				) page ON page.id = articles.id
				 ORDER BY articles.created_at DESC, articles.id DESC
				""")
			.params(filter.parameters())
			.param("reader", AuthenticatedUser.idOf(reader))
			.param("limit", paging.limit())
			.param("offset", paging.offset())
			.query(this.rows)
			.list();
	}

	/**
	 * Publishes an article. If another article has the slug of the title, this one gets a
	 * random suffix.
	 */
	@Transactional
	Article publish(ArticleDraft draft, AuthenticatedUser author) {
		String slug = Slug.of(draft.title());
		long id;
		try {
			id = insert(slug, draft, author);
		}
		catch (DuplicateKeyException ex) {
			slug = Slug.withRandomSuffix(slug);
			id = insert(slug, draft, author);
		}
		addTags(id, draft.tags(), null);
		return select(slug, author);
	}

	/**
	 * Adds tags that the article does not have yet.
	 * @param addedAt the time of the change, in UTC; null if the article is being
	 * published
	 */
	@Transactional
	void addTags(long id, List<String> tags, @Nullable LocalDateTime addedAt) {
		if (!tags.isEmpty()) {
			String row = "(?, ?, (SELECT created_at FROM articles WHERE id = ?), ?)";
			this.jdbc
				.sql("INSERT INTO article_tags (article_id, tag, article_created_at, added_at) VALUES "
						+ String.join(", ", Collections.nCopies(tags.size(), row)))
				.params(tags.stream().flatMap((tag) -> Stream.of(id, tag, id, addedAt)).toList())
				.update();
		}
	}

	private long insert(String slug, ArticleDraft draft, AuthenticatedUser author) {
		var id = new GeneratedKeyHolder();
		this.jdbc.sql("""
				INSERT INTO articles (slug, title, description, body, author_id, created_at, updated_at)
				VALUES (:slug, :title, :description, :body, :author, :now, :now)
				""")
			.param("slug", slug)
			.param("title", draft.title())
			.param("description", draft.description())
			.param("body", draft.body())
			.param("author", author.id())
			.param("now", Timestamps.now(this.clock))
			.update(id, "id");
		return Objects.requireNonNull(id.getKey()).longValue();
	}

	private Article select(String slug, @Nullable AuthenticatedUser reader) {
		return this.jdbc.sql(SELECT_WITH_BODY + "WHERE slug = :slug")
			.param("slug", slug)
			.param("reader", AuthenticatedUser.idOf(reader))
			.query(this.rows)
			.optional()
			.orElseThrow(() -> this.slugs.missingSlugException(slug));
	}

}
