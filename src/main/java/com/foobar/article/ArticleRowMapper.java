package com.foobar.article;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

import com.foobar.profile.Profile;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

@Component
class ArticleRowMapper implements RowMapper<Article> {

	private final JsonMapper json;

	ArticleRowMapper(JsonMapper json) {
		this.json = json;
	}

	@Override
	public Article mapRow(ResultSet row, int number) throws SQLException {
		var author = new Profile(row.getString("username"), row.getString("bio"), row.getString("image"),
				row.getBoolean("following"));
		return new Article(row.getString("slug"), row.getString("title"), row.getString("description"),
				row.getString("body"), tags(row.getString("tags")), instant(row, "created_at"),
				instant(row, "updated_at"), row.getBoolean("favorited"), row.getInt("favorites_count"), author);
	}

	// A JSON array in no particular order; null when there are none.
	private List<String> tags(@Nullable String array) {
		return (array != null) ? Stream.of(this.json.readValue(array, String[].class)).sorted().toList() : List.of();
	}

	private static Instant instant(ResultSet row, String column) throws SQLException {
		return row.getObject(column, LocalDateTime.class).toInstant(ZoneOffset.UTC);
	}

}
