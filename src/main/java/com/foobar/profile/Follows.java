package com.foobar.profile;

import com.foobar.web.security.AuthenticatedUser;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Who follows whom. */
@Repository
class Follows {

	private final JdbcClient jdbc;

	private final Profiles profiles;

	Follows(JdbcClient jdbc, Profiles profiles) {
		this.jdbc = jdbc;
		this.profiles = profiles;
	}

	/**
	 * Makes one follow another; nothing changes if they already do.
	 * @throws ProfileNotFoundException if nobody has that name
	 * @throws OwnProfileException if it is their own
	 */
	@Transactional
	Profile add(String username, AuthenticatedUser follower) {
		this.jdbc.sql("""
				INSERT IGNORE INTO follows (follower_id, followed_id)
				SELECT :follower, id FROM users WHERE username = :username AND id <> :follower
				""").param("follower", follower.id()).param("username", username).update();
		Profile profile = this.profiles.find(username, follower);
		// Everybody but oneself is followed by now.
		if (!profile.following()) {
			throw new OwnProfileException(username);
		}
		return profile;
	}

	/**
	 * Makes one no longer follow another; nothing changes if they do not.
	 * @throws ProfileNotFoundException if nobody has that name
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
