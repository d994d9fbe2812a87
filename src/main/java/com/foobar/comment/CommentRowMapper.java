package com.foobar.comment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

import com.foobar.profile.Profile;
import com.foobar.web.Timestamps;
import org.springframework.jdbc.core.RowMapper;

/** Maps a row of the selects in {@link Comments}. Safe for use by several threads. */
final class CommentRowMapper implements RowMapper<Comment> {

	@Override
	public Comment mapRow(ResultSet row, int rowNumber) throws SQLException {
		Instant written = Timestamps.read(row, "created_at");
		return new Comment(row.getLong("id"), written, written, row.getString("body"), Profile.read(row));
	}

}
