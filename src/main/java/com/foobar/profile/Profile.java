package com.foobar.profile;

import java.sql.ResultSet;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * A user as other visitors see them. Immutable. The API sends it as JSON.
 *
 * @param following whether the visitor follows this user; false for anonymous visitors
 */
public record Profile(String username, @Nullable String bio, @Nullable String image, boolean following) {

	/** Reads a profile from a row whose columns have the names of the components. */
	public static Profile read(ResultSet row) throws SQLException {
		return new Profile(row.getString("username"), row.getString("bio"), row.getString("image"),
				row.getBoolean("following"));
	}

}
