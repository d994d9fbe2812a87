package com.foobar.comment;

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
 * The comments on articles. Where there is no such article, each of these throws what
 * {@link Slugs} says.
 */
@Repository
class Comments {

	private static final String SELECT = """
			SELECT comments.id, comments.created_at, comments.body, users.username, users.bio, users.image,
			       EXISTS (SELECT 1 FROM follows
			                WHERE follower_id = :reader AND followed_id = author_id) AS following
			  FROM comments JOIN users ON users.id = author_id
			""";

	// An index alone says which comments. Escaping is counted for those that may fit.
	private static final String SIZES = """
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

	Comments(JdbcClient jdbc, Slugs slugs) {
		this.jdbc = jdbc;
		this.slugs = slugs;
	}

	/** The newest that fit, beyond as many as are to be left out. */
	@Transactional(readOnly = true)
	CommentSelection newest(String slug, CommentBound bound, int offset) {
		CommentSelection newest = bound.select(find(slug, Part.NEWEST, bound, offset, null));
		if (newest.cursors().isEmpty()) {
			// Perhaps there is no article either.
			this.slugs.find(slug);
		}
		return newest;
	}

	/** Those that fit of the ones written before that place, the newest first. */
	@Transactional(readOnly = true)
	CommentSelection before(String slug, CommentBound bound, CommentCursor place) {
		return bound.select(find(slug, Part.BEFORE, bound, 0, place));
	}

	/** Those that fit of the ones written since, the newest first. */
	@Transactional(readOnly = true)
	CommentSelection after(String slug, CommentBound bound, CommentCursor place) {
		return bound.select(find(slug, Part.AFTER, bound, 0, place)).reversed();
	}

	private List<CommentSize> find(String slug, Part part, CommentBound bound, int offset,
			@Nullable CommentCursor place) {
		return this.jdbc
			.sql(SIZES.formatted(part.condition, part.order, bound.json() ? CommentBytes.JSON : CommentBytes.HTML))
			.param("slug", slug)
			.param("at", (place != null) ? place.stored() : null)
			.param("id", (place != null) ? place.id() : null)
			.param("limit", bound.comments() + 1)
			.param("offset", offset)
			.param("bytes", bound.bytes())
			.param("backslash", "\\")
			.param("newline", "\n")
			.param("tab", "\t")
			.query((row, number) -> new CommentSize(
					new CommentCursor(Timestamps.read(row, "created_at"), row.getLong("id")), row.getLong("bytes")))
			.list();
	}

	/** How many there are on an article, or the limit if there are more. */
	@Transactional(readOnly = true)
	int count(String slug, int limit) {
		return this.jdbc.sql("""
				SELECT COUNT(*) FROM (
				  SELECT id FROM comments WHERE article_id = (SELECT id FROM articles WHERE slug = :slug) LIMIT :limit
				) page
				""").param("slug", slug).param("limit", limit).query(Integer.class).single();
	}

	/** The selected ones as that reader sees them, but for any deleted since. */
	@Transactional(readOnly = true)
	List<Comment> read(CommentSelection selection, @Nullable AuthenticatedUser reader) {
		return selection.cursors().isEmpty() ? List.of() : this.jdbc.sql(SELECT + """
				WHERE comments.id IN (:ids) ORDER BY comments.created_at DESC, comments.id DESC
				""").param("reader", AuthenticatedUser.idOf(reader)).param("ids", selection.ids()).query(rows).list();
	}

	@Transactional
	Comment write(String slug, CommentDraft draft, AuthenticatedUser author) {
		long id = insert(slug, draft, author).orElseThrow(() -> this.slugs.missing(slug));
		return this.jdbc.sql(SELECT + "WHERE comments.id = :id")
			.param("reader", author.id())
			.param("id", id)
			.query(rows)
			.single();
	}

	// Empty where there is no such article. In one statement, for which MySQL locks the
	// article's row until the commit: it is not deleted in between.
	private Optional<Long> insert(String slug, CommentDraft draft, AuthenticatedUser author) {
		var id = new GeneratedKeyHolder();
		this.jdbc.sql("""
				INSERT INTO comments (article_id, author_id, body, created_at)
				SELECT id, :author, :body, :now FROM articles WHERE slug = :slug
				""")
			.param("slug", slug)
			.param("author", author.id())
			.param("body", draft.body())
			.param("now", Timestamps.now())
			.update(id, "id");
		return Optional.ofNullable(id.getKey()).map(Number::longValue);
	}

	/**
	 * Deletes a comment.
	 * @throws CommentNotFoundException if the article has none with that id
	 * @throws ForeignCommentException if another visitor wrote it
	 */
	@Transactional
	void delete(String slug, long id, AuthenticatedUser visitor) {
		if (author(slug, id) != visitor.id()) {
			throw new ForeignCommentException(id, visitor);
		}
		this.jdbc.sql("DELETE FROM comments WHERE id = :id").param("id", id).update();
	}

	private long author(String slug, long id) {
		return this.jdbc.sql("SELECT author_id FROM comments WHERE id = :id AND article_id = :article FOR UPDATE")
			.param("id", id)
			.param("article", this.slugs.find(slug))
			.query(Long.class)
			.optional()
			.orElseThrow(() -> new CommentNotFoundException(id, slug));
	}

	/** Which of the comments on an article to look for, and from where on. */
	private enum Part {

		NEWEST("TRUE", "DESC"),

		BEFORE("created_at <= :at AND (created_at < :at OR id < :id)", "DESC"),

		AFTER("created_at >= :at AND (created_at > :at OR id > :id)", "ASC");

		private final String condition;

		private final String order;

		Part(String condition, String order) {
			this.condition = condition;
			this.order = order;
		}

	}

}
