package com.foobar.web.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Formats points in time for pages, in UTC. */
public final class DateFormats {

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMMM d, yyyy", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private DateFormats() {
	}

	/** Formats a date, for example: March 2, 2026. */
	public static String day(Instant instant) {
		return DAY.format(instant);
	}

}
