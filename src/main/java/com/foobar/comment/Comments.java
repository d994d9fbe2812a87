package com.foobar.comment;

import java.time.Clock;
import java.util.List;
import java.util.Optional;

import com.foobar.article.Slugs;
import com.foobar.web.Timestamps;
import com.foobar.web.security.AuthenticatedUser;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads, writes and deletes comments. Safe for use by several threads.
 *
 * <p>
 * If no article has the slug, {@link #newest}, {@link #write} and {@link #delete} throw
 * the exception of {@link Slugs#missingSlugException}.
 */
@Repository
class Comments {

	private static final String SELECT = """
			SELECT comments.id, comments.created_at, comments.body, users.username, users.bio, users.image,
			       EXISTS (SELECT 1 FROM follows
			                WHERE follower_id = :reader AND followed_id = author_id) AS following
			  FROM comments JOIN users ON users.id = author_id
			""";

	// The inner select reads an index only. The database counts escaped bytes, which is
	// slow, only for comments that can fit: those whose bodies fit without escaping.
	private static final String SELECT_SIZES = """
			SELECT page.id, page.created_at, CASE WHEN page.least <= :bytes THEN %3$s ELSE OCTET_LENGTH(body) END AS bytes
			  FROM comments JOIN users ON users.id = author_id JOIN (
			         SELECT newest.id, newest.created_at,
			                SUM(OCTET_LENGTH(body)) OVER (ORDER BY newest.created_at %2$s, newest.id %2$s) AS least
			           FROM comments JOIN (
			                  SELECT id, created_at FROM comments
			                   WHERE article_id = (SELECT id FROM articles WHERE slug = :slug) AND %1$s
			                   ORDER BY created_at %2$s, id %2$s LIMIT :limit OFFSET :offset
			                ) newest ON newest.id = comments.id
			       ) page ON page.id = comments.id
			 ORDER BY page.created_at %2$s, page.id %2$s
			""";

	private static final RowMapper<Comment> rows = new CommentRowMapper();

	private final JdbcClient jdbc;

	private final Slugs slugs;

	private final Clock clock;

	Comments(JdbcClient jdbc, Slugs slugs, Clock clock) {
		this.jdbc = jdbc;
		this.slugs = slugs;
		this.clock = clock;
	}

	/**
	 * Selects the newest comments that fit into the limits, newest first.
	 * @param offset the number of newest comments to skip
	 * @throws RuntimeException that of {@link Slugs#findArticleId} if no article has the
	 * slug
	 */
	@Transactional(readOnly = true)
	CommentSelection newest(String slug, CommentLimits limits, int offset) {
		CommentSelection newest = limits.select(findSizes(slug, CommentRange.NEWEST, limits, offset, null));
		if (newest.cursors().isEmpty()) {
			// Throws if the article does not exist.
			this.slugs.findArticleId(slug);
		}
		return newest;
	}

	/** Selects the comments before a cursor that fit into the limits, newest first. */
	@Transactional(readOnly = true)
	CommentSelection before(String slug, CommentLimits limits, CommentCursor cursor) {
		return limits.select(findSizes(slug, CommentRange.BEFORE, limits, 0, cursor));
	}

	/**
	 * Selects the comments after a cursor that fit into the limits: the oldest ones after
	 * it, in the order newest first.
	 */
	@Transactional(readOnly = true)
	CommentSelection after(String slug, CommentLimits limits, CommentCursor cursor) {
		return limits.select(findSizes(slug, CommentRange.AFTER, limits, 0, cursor)).reversed();
	}

	private List<CommentSize> findSizes(String slug, CommentRange range, CommentLimits limits, int offset,
			@Nullable CommentCursor cursor) {
		return this.jdbc
			.sql(SELECT_SIZES.formatted(range.condition(), range.order(),
					limits.json() ? CommentSizeSql.JSON : CommentSizeSql.HTML))
			.param("slug", slug)
			.param("at", (cursor != null) ? cursor.storedTime() : null)
			.param("id", (cursor != null) ? cursor.id() : null)
			.param("limit", limits.maxComments() + 1)
			.param("offset", offset)
			.param("bytes", limits.maxBytes())
			.param("backslash", "\\")
			.param("newline", "\n")
			.param("tab", "\t")
			.query((row, rowNumber) -> new CommentSize(
					new CommentCursor(Timestamps.read(row, "created_at"), row.getLong("id")), row.getLong("bytes")))
			.list();
	}

	/** Counts the comments on an article. Returns the limit if there are more. */
	@Transactional(readOnly = true)
	int count(String slug, int limit) {
		return this.jdbc.sql("""
				SELECT COUNT(*) FROM (
				  SELECT id FROM comments WHERE article_id = (SELECT id FROM articles WHERE slug = :slug) LIMIT :limit
				) page
				""").param("slug", slug).param("limit", limit).query(Integer.class).single();
	}

	/**
	 * Reads the selected comments as a visitor sees them, newest first. Comments that
	 * were deleted since the selection are missing.
	 * @param reader the user who reads, or null for an anonymous visitor
	 */
	@Transactional(readOnly = true)
	List<Comment> read(CommentSelection selection, @Nullable AuthenticatedUser reader) {
		return selection.cursors().isEmpty() ? List.of() : this.jdbc.sql(SELECT + """
				WHERE comments.id IN (:ids) ORDER BY comments.created_at DESC, comments.id DESC
				""").param("reader", AuthenticatedUser.idOf(reader)).param("ids", selection.ids()).query(rows).list();
	}

	/**
	 * Stores a new comment.
	 * @throws RuntimeException that of {@link Slugs#missingSlugException} if no article
	 * has the slug
	 */
	@Transactional
	Comment write(String slug, CommentDraft draft, AuthenticatedUser author) {
		long id = insert(slug, draft, author).orElseThrow(() -> this.slugs.missingSlugException(slug));
		return this.jdbc.sql(SELECT + "WHERE comments.id = :id")
			.param("reader", author.id())
			.param("id", id)
			.query(rows)
			.single();
	}

	// Returns an empty result if no article has the slug. MySQL locks the article's row
	// for this statement until the commit, so nobody can delete the article in between.
	private Optional<Long> insert(String slug, CommentDraft draft, AuthenticatedUser author) {
		var id = new GeneratedKeyHolder();
		this.jdbc.sql("""
				INSERT INTO comments (article_id, author_id, body, created_at)
				SELECT id, :author, :body, :now FROM articles WHERE slug = :slug
				""")
			.param("slug", slug)
			.param("author", author.id())
			.param("body", draft.body())
			.param("now", Timestamps.now(this.clock))
			.update(id, "id");
		return Optional.ofNullable(id.getKey()).map(Number::longValue);
	}

	/**
	 * Deletes a comment.
	 * @throws CommentNotFoundException if the article has no comment with that id
	 * @throws ForeignCommentException if another user wrote the comment
	 */
	@Transactional
	void delete(String slug, long id, AuthenticatedUser user) {
		if (lockAuthor(slug, id) != user.id()) {
			throw new ForeignCommentException(id, user);
		}
		this.jdbc.sql("DELETE FROM comments WHERE id = :id").param("id", id).update();
	}

	private long lockAuthor(String slug, long id) {
		return this.jdbc.sql("SELECT author_id FROM comments WHERE id = :id AND article_id = :article FOR UPDATE")
			.param("id", id)
			.param("article", this.slugs.findArticleId(slug))
			.query(Long.class)
			.optional()
			.orElseThrow(() -> new CommentNotFoundException(id, slug));
	}

}
