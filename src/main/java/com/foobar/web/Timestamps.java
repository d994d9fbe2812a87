package com.foobar.web;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Converts points in time for the tables and the API: UTC, in microseconds. */
public final class Timestamps {

	/** Always has a fraction, even if it is zero, because clients parse by position. */
	public static final String FORMAT = "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'";

	private Timestamps() {
	}

	/** Returns the current time for a table. */
	public static LocalDateTime now(Clock clock) {
		return of(clock.instant());
	}

	/** Converts a point in time for a table: UTC, cut to microseconds. */
	public static LocalDateTime of(Instant instant) {
		return LocalDateTime.ofInstant(instant, ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
	}

	/** Reads a point in time from a column, which may not be NULL. */
	public static Instant read(ResultSet row, String column) throws SQLException {
		return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
	}

}
