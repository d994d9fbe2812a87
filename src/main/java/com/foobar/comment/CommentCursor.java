package com.foobar.comment;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.foobar.web.Timestamps;

/**
 * A position in the comments on an article, for use in URLs. It is the position of one
 * comment and stays valid if that comment is deleted. Immutable.
 */
record CommentCursor(Instant createdAt, long id) {

	private static final Pattern TEXT = Pattern.compile("(\\d{1,16})-(\\d{1,18})");

	/**
	 * Parses the result of {@link #toString()}. Spring calls this for request parameters.
	 * @throws IllegalArgumentException if the text is not a cursor
	 */
	public static CommentCursor valueOf(String text) {
		Matcher parts = TEXT.matcher(text);
		if (!parts.matches()) {
			throw new IllegalArgumentException("[%s] is not a comment cursor".formatted(text));
		}
		return new CommentCursor(Instant.EPOCH.plus(Long.parseLong(parts.group(1)), ChronoUnit.MICROS),
				Long.parseLong(parts.group(2)));
	}

	/** Returns the creation time as in the table. */
	LocalDateTime storedTime() {
		return Timestamps.of(this.createdAt);
	}

	/** Returns the cursor for a URL: microseconds since 1970 and id. */
	@Override
	public String toString() {
		return ChronoUnit.MICROS.between(Instant.EPOCH, this.createdAt) + "-" + this.id;
	}

}
