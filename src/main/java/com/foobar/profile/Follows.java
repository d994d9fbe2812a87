package com.foobar.profile;

import com.foobar.web.security.AuthenticatedUser;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Stores which user follows which. Safe for use by several threads. */
@Repository
class Follows {

	private final JdbcClient jdbc;

	private final Profiles profiles;

	Follows(JdbcClient jdbc, Profiles profiles) {
		this.jdbc = jdbc;
		this.profiles = profiles;
	}

	/**
	 * Makes a user follow another one. Does nothing if they already do.
	 * @return the profile of the followed user
	 * @throws ProfileNotFoundException if no user has that name
	 * @throws OwnProfileException if the name is the follower's own
	 */
	@Transactional
	Profile add(String username, AuthenticatedUser follower) {
		this.jdbc.sql("""
				INSERT IGNORE INTO follows (follower_id, followed_id)
				SELECT :follower, id FROM users WHERE username = :username AND id <> :follower
				""").param("follower", follower.id()).param("username", username).update();
		Profile profile = this.profiles.find(username, follower);
		// The insert succeeds for every user except the follower.
		if (!profile.following()) {
			throw new OwnProfileException(username);
		}
		return profile;
	}

	/**
	 * Makes a user stop following another one. Does nothing if they do not follow.
	 * @return the profile of the user who is no longer followed
	 * @throws ProfileNotFoundException if no user has that name
	 */
	@Transactional
	Profile remove(String username, AuthenticatedUser follower) {
		this.jdbc.sql("""
				DELETE FROM follows
				 WHERE follower_id = :follower AND followed_id = (SELECT id FROM users WHERE username = :username)
				""").param("follower", follower.id()).param("username", username).update();
		return this.profiles.find(username, follower);
	}

}
