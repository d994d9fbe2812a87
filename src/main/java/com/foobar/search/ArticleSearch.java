package com.foobar.search;

import java.util.List;

import com.foobar.article.Article;
import com.foobar.article.ArticleList;
import com.foobar.article.ArticleRowMapper;
import com.foobar.article.Articles;
import com.foobar.article.Paging;
import com.foobar.web.security.AuthenticatedUser;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds articles that contain any of the words of a query, best match first. Uses the
 * full-text index of MySQL, and reads every article in the embedded database. Safe for
 * use by several threads.
 */
@Repository
class ArticleSearch {

	private final JdbcClient jdbc;

	private final ArticleRowMapper rows;

	private final boolean indexed;

	ArticleSearch(JdbcClient jdbc, ArticleRowMapper rows, DatabaseDriver database) {
		this.jdbc = jdbc;
		this.rows = rows;
		this.indexed = database == DatabaseDriver.MYSQL;
	}

	/**
	 * Returns one page of the articles that match a query, and the number of all matches.
	 * @param reader the user who searches, or null for an anonymous visitor
	 */
	@Transactional(readOnly = true)
	ArticleList find(String query, Paging paging, @Nullable AuthenticatedUser reader) {
		SearchTerms words = SearchTerms.of(query);
		return words.words().isEmpty() ? new ArticleList(List.of(), 0)
				: find(this.indexed ? SearchRanking.byIndex(words) : SearchRanking.byScan(words), paging, reader);
	}

	private ArticleList find(SearchRanking ranking, Paging paging, @Nullable AuthenticatedUser reader) {
		String condition = " WHERE " + ranking.expression();
		List<Article> articles = this.jdbc
			.sql(Articles.SELECT_WITHOUT_BODY + condition + " ORDER BY " + ranking.order()
					+ " LIMIT :limit OFFSET :offset")
			.params(ranking.parameters())
			.param("reader", AuthenticatedUser.idOf(reader))
			.param("limit", paging.limit())
			.param("offset", paging.offset())
			.query(this.rows)
			.list();
		int count = this.jdbc.sql("SELECT COUNT(*) FROM articles" + condition)
			.params(ranking.parameters())
			.query(Integer.class)
			.single();
		return new ArticleList(articles, count);
	}

}
