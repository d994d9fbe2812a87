package com.foobar.article;

import java.time.Instant;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.foobar.profile.Profile;
import com.foobar.web.Timestamps;
import org.jspecify.annotations.Nullable;

/**
 * An article as one reader sees it.
 *
 * @param slug names it in addresses
 * @param body Markdown; null, and left out of the API's answer, in lists
 * @param tagList alphabetical
 * @param createdAt to the microsecond, as stored; {@code updatedAt} likewise
 * @param favorited whether the reader likes it; false for anonymous ones
 * @param author as the reader sees them
 */
public record Article(String slug, String title, String description,
		@JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String body, List<String> tagList,
		@JsonFormat(pattern = Timestamps.FORMAT, timezone = "UTC") Instant createdAt,
		@JsonFormat(pattern = Timestamps.FORMAT, timezone = "UTC") Instant updatedAt, boolean favorited,
		int favoritesCount, Profile author) {
}
