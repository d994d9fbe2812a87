package com.foobar.web;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Points in time as tables keep them and the API tells them: UTC, to the microsecond. */
public final class Timestamps {

	/** Always with a fraction, also when it is zero: clients parse it by position. */
	public static final String FORMAT = "yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'";

	private Timestamps() {
	}

	/** The present, as it can be stored without losing any of it. */
	public static LocalDateTime now() {
		return LocalDateTime.now(ZoneOffset.UTC).truncatedTo(ChronoUnit.MICROS);
	}

	public static Instant read(ResultSet row, String column) throws SQLException {
		return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
	}

}
