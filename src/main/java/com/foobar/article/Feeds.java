package com.foobar.article;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

import com.foobar.web.Timestamps;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The newest articles with their bodies, for whoever reads them elsewhere. */
@Repository
class Feeds {

	// Who looks once a day misses nothing on a busy day.
	private static final int SIZE = 20;

	private final JdbcClient jdbc;

	Feeds(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Transactional(readOnly = true)
	List<Feed.Entry> newest(ArticleFilter filter) {
		return this.jdbc.sql("""
				SELECT articles.id, slug, title, description, body, articles.created_at, articles.updated_at, username
				  FROM articles JOIN users ON users.id = author_id JOIN (""" + filter.source().page() + """
				) page ON page.id = articles.id
				 ORDER BY articles.created_at DESC, articles.id DESC
				""").params(filter.parameters()).param("limit", SIZE).param("offset", 0).query(Feeds::entry).list();
	}

	private static Feed.Entry entry(ResultSet row, int number) throws SQLException {
		return new Feed.Entry(row.getLong("id"), row.getString("slug"), row.getString("title"),
				row.getString("description"), Markdown.html(row.getString("body")), Timestamps.read(row, "created_at"),
				Timestamps.read(row, "updated_at"), row.getString("username"));
	}

}
