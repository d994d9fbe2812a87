package com.foobar.article;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Selects the articles of a list. An article must meet every condition that is not null.
 *
 * @param tag a tag of the article, compared exactly
 * @param author the username of the author
 * @param favorited the username of a user who likes the article
 * @param follower the id of a user who follows the author
 */
public record ArticleFilter(@Nullable String tag, @Nullable String author, @Nullable String favorited,
		@Nullable Long follower) {

	private static final String FAVORITED_BY = "user_id = (SELECT id FROM users WHERE username = :favorited)";

	public static final ArticleFilter ALL = new ArticleFilter(null, null, null, null);

	public static ArticleFilter byTag(String tag) {
		return new ArticleFilter(tag, null, null, null);
	}

	public static ArticleFilter byAuthor(String author) {
		return new ArticleFilter(null, author, null, null);
	}

	static ArticleFilter favoritedBy(String username) {
		return new ArticleFilter(null, null, username, null);
	}

	static ArticleFilter followedBy(long follower) {
		return new ArticleFilter(null, null, null, follower);
	}

	/** Returns the table whose index holds the articles in the order of the list. */
	public ArticleListTable listTable() {
		boolean single = conditions().size() == 1;
		if (single && this.tag != null) {
			return new ArticleListTable("article_tags", "article_id", "article_created_at", "tag = :tag");
		}
		if (single && this.favorited != null) {
			return new ArticleListTable("favorites", "article_id", "article_created_at", FAVORITED_BY);
		}
		return articlesTable();
	}

	private ArticleListTable articlesTable() {
		List<String> conditions = conditions();
		return new ArticleListTable("articles", "id", "created_at",
				conditions.isEmpty() ? "TRUE" : String.join(" AND ", conditions));
	}

	// Each condition is a subquery, so the database can start with the most selective one
	// and need not read rows of articles that the other conditions exclude.
	private List<String> conditions() {
		List<String> conditions = new ArrayList<>();
		if (this.tag != null) {
			conditions.add("id IN (SELECT article_id FROM article_tags WHERE tag = :tag)");
		}
		if (this.author != null) {
			conditions.add("author_id = (SELECT id FROM users WHERE username = :author)");
		}
		if (this.favorited != null) {
			conditions.add("id IN (SELECT article_id FROM favorites WHERE " + FAVORITED_BY + ")");
		}
		if (this.follower != null) {
			conditions.add("author_id IN (SELECT followed_id FROM follows WHERE follower_id = :follower)");
		}
		return conditions;
	}

	/** Returns the named parameters of the SQL. */
	public Map<String, @Nullable Object> parameters() {
		Map<String, @Nullable Object> parameters = new HashMap<>();
		parameters.put("tag", this.tag);
		parameters.put("author", this.author);
		parameters.put("favorited", this.favorited);
		parameters.put("follower", this.follower);
		return parameters;
	}

}
