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
 * Where all articles and their authors are, in parts by id: each is a range of a primary
 * key, as quick to read as the first, and an article never moves to another one.
 */
@Repository
public class Sitemap {

	// A file may have 50,000 addresses and 50 MB. An address may have 2,400 letters, once
	// those of other scripts are escaped.
	private static final int PART = 10_000;

	// An index may have 50,000 parts: half of them for articles, which are 250 million.
	private static final int PARTS = 25_000;

	private final JdbcClient jdbc;

	Sitemap(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/** The parts in which there are articles. */
	@Transactional(readOnly = true)
	List<Long> ofArticles() {
		return this.jdbc.sql("SELECT DISTINCT FLOOR((id - 1) / :size) AS part FROM articles ORDER BY part LIMIT :most")
			.param("size", PART)
			.param("most", PARTS)
			.query((row, number) -> row.getLong("part"))
			.list();
	}

	/** The parts in which there are authors. */
	@Transactional(readOnly = true)
	List<Long> ofAuthors() {
		return this.jdbc
			.sql("SELECT DISTINCT FLOOR((author_id - 1) / :size) AS part FROM articles ORDER BY part LIMIT :most")
			.param("size", PART)
			.param("most", PARTS)
			.query((row, number) -> row.getLong("part"))
			.list();
	}

	@Transactional(readOnly = true)
	List<Place> articles(int part) {
		return this.jdbc.sql("""
				SELECT slug, updated_at FROM articles WHERE id > :after AND id <= :last ORDER BY id
				""")
			.param("after", after(part))
			.param("last", after(part) + PART)
			.query((row, number) -> new Place(Links::article, row.getString("slug"),
					Timestamps.read(row, "updated_at")))
			.list();
	}

	@Transactional(readOnly = true)
	List<Place> authors(int part) {
		return this.jdbc.sql("""
				SELECT username, MAX(updated_at) AS updated_at FROM users JOIN articles ON author_id = users.id
				 WHERE users.id > :after AND users.id <= :last GROUP BY users.id, username ORDER BY users.id
				""")
			.param("after", after(part))
			.param("last", after(part) + PART)
			.query((row, number) -> new Place(Links::profile, row.getString("username"),
					Timestamps.read(row, "updated_at")))
			.list();
	}

	private static long after(int part) {
		return (long) part * PART;
	}

	/**
	 * A page for search engines to read.
	 *
	 * @param link makes its path of its name, which is much shorter
	 * @param changed when it last did
	 */
	public record Place(UnaryOperator<String> link, String name, Instant changed) {

		public String path() {
			return this.link.apply(this.name);
		}

	}

}
