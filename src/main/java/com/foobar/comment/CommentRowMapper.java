package com.foobar.comment;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

import com.foobar.profile.Profile;
import org.springframework.jdbc.core.RowMapper;

final class CommentRowMapper implements RowMapper<Comment> {

	@Override
	public Comment mapRow(ResultSet row, int number) throws SQLException {
		Instant written = row.getObject("created_at", LocalDateTime.class).toInstant(ZoneOffset.UTC);
		var author = new Profile(row.getString("username"), row.getString("bio"), row.getString("image"),
				row.getBoolean("following"));
		return new Comment(row.getLong("id"), written, written, row.getString("body"), author);
	}

}
