package com.foobar.web.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes points in time for people. */
public final class DateFormats {

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("MMMM d, yyyy", Locale.ENGLISH)
		.withZone(ZoneOffset.UTC);

	private DateFormats() {
	}

	/** For example: March 2, 2026. */
	public static String day(Instant instant) {
		return DAY.format(instant);
	}

}
