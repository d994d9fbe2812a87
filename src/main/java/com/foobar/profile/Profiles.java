package com.foobar.profile;

import com.foobar.web.security.AuthenticatedUser;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Finds profiles. Safe for use by several threads. */
@Repository
public class Profiles {

	private final JdbcClient jdbc;

	Profiles(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Returns the profile of the user with that name, ignoring case.
	 * @param reader the user who reads, or null for an anonymous visitor
	 * @throws ProfileNotFoundException if no user has that name
	 */
	@Transactional(readOnly = true)
	public Profile find(String username, @Nullable AuthenticatedUser reader) {
		return this.jdbc.sql("""
				SELECT username, bio, image, EXISTS (
				         SELECT 1 FROM follows WHERE follower_id = :reader AND followed_id = users.id) AS following
				  FROM users WHERE username = :username
				""")
			.param("username", username)
			.param("reader", AuthenticatedUser.idOf(reader))
			.query(Profile.class)
			.optional()
			.orElseThrow(() -> new ProfileNotFoundException(username));
	}

}
