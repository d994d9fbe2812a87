package com.foobar.feed;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import com.foobar.article.ArticleFilter;
import com.foobar.article.Paging;
import com.foobar.web.Timestamps;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Reads the articles of Atom feeds, with bodies. Safe for use by several threads. */
@Repository
class AtomFeeds {

	// A reader who checks once a day misses no article, even on a busy day.
	static final int SIZE = 20;

	// Bytes of all bodies of a page, as Markdown.
	private static final int MAX_BYTES = 1_000_000;

	private final JdbcClient jdbc;

	AtomFeeds(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns a page of the articles, newest first. The bodies together have at most 1
	 * MB: from the article on that exceeds this, bodies are null.
	 * @param page the number of the page, from 1
	 * @return the articles of the page, and one more if older articles follow
	 */
	@Transactional(readOnly = true)
	List<AtomFeed.Entry> page(ArticleFilter filter, int page) {
		Paging paging = Paging.page(page, SIZE);
		return this.jdbc.sql("""
				SELECT articles.id, slug, title, description, articles.created_at, articles.updated_at, username,
				       CASE WHEN SUM(OCTET_LENGTH(body)) OVER (ORDER BY articles.created_at DESC, articles.id DESC)
				                 <= :maxBytes THEN body END AS body
				  FROM articles JOIN users ON users.id = author_id JOIN (""" + filter.listTable().pageSql() + """
				) page ON page.id = articles.id
				 ORDER BY articles.created_at DESC, articles.id DESC
				""")
			.params(filter.parameters())
			.param("maxBytes", MAX_BYTES)
			.param("limit", SIZE + 1)
			.param("offset", paging.offset())
			.query(AtomFeeds::entry)
			.list();
	}

	private static AtomFeed.Entry entry(ResultSet row, int rowNumber) throws SQLException {
		return new AtomFeed.Entry(row.getLong("id"), row.getString("slug"), row.getString("title"),
				row.getString("description"), row.getString("body"), null, Timestamps.read(row, "created_at"),
				Timestamps.read(row, "updated_at"), row.getString("username"));
	}

}
