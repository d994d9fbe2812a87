package com.foobar.feed;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;

import com.foobar.web.Links;
import com.foobar.web.Timestamps;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reads the URLs of all articles and authors, in parts. A part is a range of ids: every
 * part is equally fast to read by the primary key, and an article always stays in its
 * part. Safe for use by several threads.
 */
@Repository
public class Sitemap {

	// sitemaps.org allows 50,000 URLs and 50 MB in a file. A URL can have 2,400
	// characters if it escapes letters that are not ASCII.
	private static final int PART_SIZE = 10_000;

	// sitemaps.org allows 50,000 parts in an index. Half of them, for articles, suffice
	// for 250 million articles.
	private static final int MAX_PARTS = 25_000;

	private final JdbcClient jdbc;

	Sitemap(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** Returns the numbers of the parts that have articles. */
	@Transactional(readOnly = true)
	List<Long> articleParts() {
		return this.jdbc.sql("SELECT DISTINCT FLOOR((id - 1) / :size) AS part FROM articles ORDER BY part LIMIT :most")
			.param("size", PART_SIZE)
			.param("most", MAX_PARTS)
			.query((row, rowNumber) -> row.getLong("part"))
			.list();
	}

	/** Returns the numbers of the parts that have authors. */
	@Transactional(readOnly = true)
	List<Long> authorParts() {
		return this.jdbc
			.sql("SELECT DISTINCT FLOOR((author_id - 1) / :size) AS part FROM articles ORDER BY part LIMIT :most")
			.param("size", PART_SIZE)
			.param("most", MAX_PARTS)
			.query((row, rowNumber) -> row.getLong("part"))
			.list();
	}

	/** Returns the articles of a part. */
	@Transactional(readOnly = true)
	List<Place> articles(int part) {
		return this.jdbc.sql("""
				SELECT slug, updated_at FROM articles WHERE id > :after AND id <= :last ORDER BY id
				""")
			.param("after", lastIdBefore(part))
			.param("last", lastIdBefore(part) + PART_SIZE)
			.query((row, rowNumber) -> new Place(Links::article, row.getString("slug"),
					Timestamps.read(row, "updated_at")))
			.list();
	}

	/** Returns the authors of a part. */
	@Transactional(readOnly = true)
	List<Place> authors(int part) {
		return this.jdbc.sql("""
				SELECT username, MAX(updated_at) AS updated_at FROM users JOIN articles ON author_id = users.id
				 WHERE users.id > :after AND users.id <= :last GROUP BY users.id, username ORDER BY users.id
				""")
			.param("after", lastIdBefore(part))
			.param("last", lastIdBefore(part) + PART_SIZE)
			.query((row, rowNumber) -> new Place(Links::profile, row.getString("username"),
					Timestamps.read(row, "updated_at")))
			.list();
	}

	private static long lastIdBefore(int part) {
		return (long) part * PART_SIZE;
	}

	/**
	 * The URL of a page, for search engines. Immutable.
	 *
	 * @param link makes the path from the name; storing the much shorter name saves
	 * memory
	 * @param changed the time of the last change
	 */
	public record Place(UnaryOperator<String> link, String name, Instant changed) {

		public String path() {
			return this.link.apply(this.name);
		}

	}

}
