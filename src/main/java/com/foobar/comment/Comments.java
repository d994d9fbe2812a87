package com.foobar.comment;

import java.util.List;
import java.util.Optional;

import com.foobar.article.Slugs;
import com.foobar.web.Timestamps;
import com.foobar.web.Visitor;
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

	private static final RowMapper<Comment> rows = new CommentRowMapper();

	private final JdbcClient jdbc;

	private final Slugs slugs;

	Comments(JdbcClient jdbc, Slugs slugs) {
		this.jdbc = jdbc;
		this.slugs = slugs;
	}

	/** All of an article, the newest first, as that reader sees them. */
	@Transactional(readOnly = true)
	List<Comment> on(String slug, @Nullable Visitor reader) {
		List<Comment> comments = this.jdbc.sql(SELECT + """
				WHERE article_id = (SELECT id FROM articles WHERE slug = :slug)
				 ORDER BY comments.created_at DESC, comments.id DESC
				""").param("reader", Visitor.idOf(reader)).param("slug", slug).query(rows).list();
		if (comments.isEmpty()) {
			// Perhaps there is no article either.
			this.slugs.find(slug);
		}
		return comments;
	}

	@Transactional
	Comment write(String slug, CommentDraft draft, Visitor author) {
		long id = insert(slug, draft, author).orElseThrow(() -> this.slugs.missing(slug));
		return this.jdbc.sql(SELECT + "WHERE comments.id = :id")
			.param("reader", author.id())
			.param("id", id)
			.query(rows)
			.single();
	}

	// Empty where there is no such article, and in one statement, so that it is not
	// deleted in between.
	private Optional<Long> insert(String slug, CommentDraft draft, Visitor author) {
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
	void delete(String slug, long id, Visitor visitor) {
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

}
