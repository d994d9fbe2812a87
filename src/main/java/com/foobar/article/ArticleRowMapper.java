package com.foobar.article;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import com.foobar.profile.Profile;
import com.foobar.web.Timestamps;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Maps a row of the selects in {@link Articles}. Safe for use by several threads. */
@Component
public class ArticleRowMapper implements RowMapper<Article> {

	private final JsonMapper json;

	ArticleRowMapper(JsonMapper json) {
		this.json = json;
	}

	@Override
	public Article mapRow(ResultSet row, int rowNumber) throws SQLException {
		return new Article(row.getString("slug"), row.getString("title"), row.getString("description"),
				row.getString("body"), tags(row.getString("tags")), Timestamps.read(row, "created_at"),
				Timestamps.read(row, "updated_at"), row.getBoolean("favorited"), row.getInt("favorites_count"),
				Profile.read(row));
	}

	// The JSON array has no defined order; it is null if the article has no tags.
	private List<String> tags(@Nullable String array) {
		return (array != null) ? Stream.of(this.json.readValue(array, String[].class)).sorted().toList() : List.of();
	}

}
