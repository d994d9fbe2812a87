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

/** Finds articles by the words in them: any of the words, the best answers first. */
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

	@Transactional(readOnly = true)
	ArticleList find(String question, Paging paging, @Nullable AuthenticatedUser reader) {
		SearchTerms words = SearchTerms.of(question);
		return words.words().isEmpty() ? new ArticleList(List.of(), 0)
				: find(this.indexed ? SearchRanking.byIndex(words) : SearchRanking.byLooking(words), paging, reader);
	}

	private ArticleList find(SearchRanking relevance, Paging paging, @Nullable AuthenticatedUser reader) {
		String matching = " WHERE " + relevance.expression();
		List<Article> articles = this.jdbc
			.sql(Articles.SELECT_LISTED + matching + " ORDER BY " + relevance.order() + " LIMIT :limit OFFSET :offset")
			.params(relevance.parameters())
			.param("reader", AuthenticatedUser.idOf(reader))
			.param("limit", paging.limit())
			.param("offset", paging.offset())
			.query(this.rows)
			.list();
		int count = this.jdbc.sql("SELECT COUNT(*) FROM articles" + matching)
			.params(relevance.parameters())
			.query(Integer.class)
			.single();
		return new ArticleList(articles, count);
	}

}
