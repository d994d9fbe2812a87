package com.foobar.article;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.foobar.profile.Profile;
import com.foobar.web.Timestamps;
import org.jspecify.annotations.Nullable;

/**
 * An article as one visitor sees it. Immutable. The API sends it as JSON.
 *
 * @param slug the article's part of the URL
 * @param body Markdown; null in lists, where the JSON omits it
 * @param tagList in alphabetical order
 * @param createdAt with microseconds, as the database stores it; {@code updatedAt} too
 * @param favorited whether the visitor likes the article; false for anonymous visitors
 * @param author the author's profile as the visitor sees it
 */
public record Article(String slug, String title, String description,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String body, List<String> tagList,
		@JsonFormat(pattern = Timestamps.FORMAT, timezone = "UTC") Instant createdAt,
		@JsonFormat(pattern = Timestamps.FORMAT, timezone = "UTC") Instant updatedAt, boolean favorited,
		int favoritesCount, Profile author) {
}
