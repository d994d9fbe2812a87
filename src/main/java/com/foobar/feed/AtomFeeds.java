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

/** The newest articles with their bodies, for whoever reads them elsewhere. */
@Repository
class AtomFeeds {

	// Who looks once a day misses nothing on a busy day.
	static final int SIZE = 20;

	// Bytes of bodies, as authors wrote them.
	private static final int LONGEST = 1_000_000;

	private final JdbcClient jdbc;

	AtomFeeds(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * A page of the articles, the newest first. Bodies are left out from the one on with
	 * which they would become too long together.
	 * @param page which, from 1
	 * @return one more than the page has if there are more
	 */
	@Transactional(readOnly = true)
	List<AtomFeed.Entry> page(ArticleFilter filter, int page) {
		Paging paging = Paging.page(page, SIZE);
		return this.jdbc.sql("""
				SELECT articles.id, slug, title, description, articles.created_at, articles.updated_at, username,
				       CASE WHEN SUM(OCTET_LENGTH(body)) OVER (ORDER BY articles.created_at DESC, articles.id DESC)
				                 <= :longest THEN body END AS body
				  FROM articles JOIN users ON users.id = author_id JOIN (""" + filter.source().page() + """
				) page ON page.id = articles.id
				 ORDER BY articles.created_at DESC, articles.id DESC
				""")
			.params(filter.parameters())
			.param("longest", LONGEST)
			.param("limit", SIZE + 1)
			.param("offset", paging.offset())
			.query(AtomFeeds::entry)
			.list();
	}

	private static AtomFeed.Entry entry(ResultSet row, int number) throws SQLException {
		return new AtomFeed.Entry(row.getLong("id"), row.getString("slug"), row.getString("title"),
				row.getString("description"), row.getString("body"), null, Timestamps.read(row, "created_at"),
				Timestamps.read(row, "updated_at"), row.getString("username"));
	}

}
