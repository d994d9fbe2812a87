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
public record ArticleFilter(@Nullable String tag, @Nullable String author, @Nullable String favorited,
		@Nullable Long follower) {

	private static final String FAN = "user_id = (SELECT id FROM users WHERE username = :favorited)";

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

	/** Where an index has the articles in the order they are listed. */
	public ArticleListTable source() {
		boolean alone = conditions().size() == 1;
		if (alone && this.tag != null) {
			return new ArticleListTable("article_tags", "article_id", "article_created_at", "tag = :tag");
		}
		if (alone && this.favorited != null) {
			return new ArticleListTable("favorites", "article_id", "article_created_at", FAN);
		}
		return everywhere();
	}

	private ArticleListTable everywhere() {
		List<String> conditions = conditions();
		return new ArticleListTable("articles", "id", "created_at",
				conditions.isEmpty() ? "TRUE" : String.join(" AND ", conditions));
	}

	// None of them reads a row of articles that the others rule out: the database begins
	// with whichever leaves fewest.
	private List<String> conditions() {
		List<String> conditions = new ArrayList<>();
		if (this.tag != null) {
			conditions.add("id IN (SELECT article_id FROM article_tags WHERE tag = :tag)");
		}
		if (this.author != null) {
			conditions.add("author_id = (SELECT id FROM users WHERE username = :author)");
		}
		if (this.favorited != null) {
			conditions.add("id IN (SELECT article_id FROM favorites WHERE " + FAN + ")");
		}
		if (this.follower != null) {
			conditions.add("author_id IN (SELECT followed_id FROM follows WHERE follower_id = :follower)");
		}
		return conditions;
	}

	public Map<String, @Nullable Object> parameters() {
		Map<String, @Nullable Object> parameters = new HashMap<>();
		parameters.put("tag", this.tag);
		parameters.put("author", this.author);
		parameters.put("favorited", this.favorited);
		parameters.put("follower", this.follower);
		return parameters;
	}

}
