package com.foobar.comment;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.foobar.profile.Profile;
import com.foobar.web.Timestamps;

/**
 * A comment as one visitor sees it. Immutable. The API sends it as JSON.
 *
 * @param updatedAt equal to {@code createdAt}, because nobody can change a comment
 * @param author the author's profile as the visitor sees it
 */
public record Comment(long id, @JsonFormat(pattern = Timestamps.FORMAT, timezone = "UTC") Instant createdAt,
		@JsonFormat(pattern = Timestamps.FORMAT, timezone = "UTC") Instant updatedAt, String body, Profile author) {
}
