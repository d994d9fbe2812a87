package com.foobar.comment;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.foobar.profile.Profile;
import com.foobar.web.Timestamps;

/**
 * A comment as one reader sees it.
 *
 * @param updatedAt when it was written, like {@code createdAt}: nothing changes it
 * @param author as the reader sees them
 */
public record Comment(long id, @JsonFormat(pattern = Timestamps.FORMAT, timezone = "UTC") Instant createdAt,
		@JsonFormat(pattern = Timestamps.FORMAT, timezone = "UTC") Instant updatedAt, String body, Profile author) {
}
