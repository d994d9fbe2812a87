package com.foobar.comment;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place among the comments on an article, for addresses: that of one comment, also once
 * that is deleted.
 */
record CommentCursor(Instant createdAt, long id) {

	private static final Pattern TEXT = Pattern.compile("(\\d{1,16})-(\\d{1,18})");

	/**
	 * Reads what {@link #toString()} says. Spring calls it for parameters.
	 * @throws IllegalArgumentException if that is no cursor
	 */
	public static CommentCursor valueOf(String text) {
		Matcher parts = TEXT.matcher(text);
		if (!parts.matches()) {
			throw new IllegalArgumentException("[%s] is no place among comments".formatted(text));
		}
		return new CommentCursor(Instant.EPOCH.plus(Long.parseLong(parts.group(1)), ChronoUnit.MICROS),
				Long.parseLong(parts.group(2)));
	}

	/** As in the table. */
	LocalDateTime stored() {
		return LocalDateTime.ofInstant(this.createdAt, ZoneOffset.UTC);
	}

	@Override
	public String toString() {
		return ChronoUnit.MICROS.between(Instant.EPOCH, this.createdAt) + "-" + this.id;
	}

}
