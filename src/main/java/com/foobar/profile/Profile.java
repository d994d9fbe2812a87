package com.foobar.profile;

import java.sql.ResultSet;
import java.sql.SQLException;

import org.jspecify.annotations.Nullable;

/**
 * A visitor as others see them.
 *
 * @param following whether the one who asks follows them; false for anonymous visitors
 */
public record Profile(String username, @Nullable String bio, @Nullable String image, boolean following) {

	/** That of a row which has each of its parts under its name. */
	public static Profile read(ResultSet row) throws SQLException {
		return new Profile(row.getString("username"), row.getString("bio"), row.getString("image"),
				row.getBoolean("following"));
	}

}
