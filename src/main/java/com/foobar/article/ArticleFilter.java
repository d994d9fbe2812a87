package com.foobar.article;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Which articles to list. All that is given must hold.
 *
 * @param tag the article has it, exactly so
 * @param author the name of who wrote it
 * @param favorited the name of somebody who likes it
 * @param follower the id of somebody who follows its author
 */
record ArticleFilter(@Nullable String tag, @Nullable String author, @Nullable String favorited,
		@Nullable Long follower) {

	static final ArticleFilter ALL = new ArticleFilter(null, null, null, null);

	static ArticleFilter byTag(String tag) {
		return new ArticleFilter(tag, null, null, null);
	}

	static ArticleFilter byAuthor(String author) {
		return new ArticleFilter(null, author, null, null);
	}

	static ArticleFilter favoritedBy(String username) {
		return new ArticleFilter(null, null, username, null);
	}

	static ArticleFilter followedBy(long follower) {
		return new ArticleFilter(null, null, null, follower);
	}

	/** The condition, on a table {@code articles} and its author's row {@code users}. */
	String where() {
		List<String> conditions = new ArrayList<>();
		if (this.tag != null) {
			conditions.add("EXISTS (SELECT 1 FROM article_tags WHERE article_id = articles.id AND tag = :tag)");
		}
		if (this.author != null) {
			conditions.add("users.username = :author");
		}
		if (this.favorited != null) {
			conditions.add("""
					EXISTS (SELECT 1 FROM favorites JOIN users fans ON fans.id = favorites.user_id
					         WHERE favorites.article_id = articles.id AND fans.username = :favorited)
					""");
		}
		if (this.follower != null) {
			conditions.add("EXISTS (SELECT 1 FROM follows WHERE follower_id = :follower AND followed_id = author_id)");
		}
		return conditions.isEmpty() ? "" : "WHERE " + String.join(" AND ", conditions);
	}

	Map<String, @Nullable Object> parameters() {
		Map<String, @Nullable Object> parameters = new HashMap<>();
		parameters.put("tag", this.tag);
		parameters.put("author", this.author);
		parameters.put("favorited", this.favorited);
		parameters.put("follower", this.follower);
		return parameters;
	}

}
