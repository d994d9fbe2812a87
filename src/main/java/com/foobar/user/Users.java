package com.foobar.user;

import java.time.Clock;
import java.util.Objects;
import java.util.Optional;

import com.foobar.web.Timestamps;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** Stores users. Safe for use by several threads. */
@Repository
class Users {

	private static final String COLUMNS = """
			SELECT id, email, username, password, bio, image, token_generation, kept_token FROM users
			""";

	private final JdbcClient jdbc;

	private final Clock clock;

	Users(JdbcClient jdbc, Clock clock) {
		this.jdbc = jdbc;
		this.clock = clock;
	}

	/**
	 * Stores a new user.
	 * @param hash the hash of the password
	 * @throws AlreadyTakenException if another user has the username or the email
	 */
	@Transactional
	User add(Registration registration, String hash) {
		var id = new GeneratedKeyHolder();
		try {
			this.jdbc.sql("""
					INSERT INTO users (username, email, password, created_at)
					VALUES (:username, :email, :password, :now)
					""")
				.param("username", registration.username())
				.param("email", registration.email())
				.param("password", hash)
				.param("now", Timestamps.now(this.clock))
				.update(id, "id");
		}
		catch (DuplicateKeyException ex) {
			throw taken(0, registration.email(), registration.username());
		}
		return new User(Objects.requireNonNull(id.getKey()).longValue(), registration.email(), registration.username(),
				hash, null, null, 0, null);
	}

	/**
	 * Changes a user.
	 * @param keepsToken whether the token that changes the password stays valid
	 * @throws CurrentPasswordException if the change needs the current password
	 * @throws AlreadyTakenException if another user has the username or the email
	 */
	@Transactional
	User change(long id, PreparedUserUpdate change, boolean keepsToken) {
		User before = lock(id);
		change.checkAccess(before);
		User changed = change.applyTo(before);
		User user = change.changesPassword()
				? changed.withKeptToken(keepsToken ? change.token().fingerprint(changed.securityStamp()) : null)
				: changed;
		try {
			update(user);
		}
		catch (DuplicateKeyException ex) {
			throw taken(id, user.email(), user.username());
		}
		return user;
	}

	// The lock keeps two concurrent changes from overwriting each other.
	private User lock(long id) {
		return this.jdbc.sql(COLUMNS + "WHERE id = :id FOR UPDATE").param("id", id).query(User.class).single();
	}

	private void update(User user) {
		this.jdbc.sql("""
				UPDATE users
				   SET email = :email, username = :username, password = :password, bio = :bio, image = :image,
				       kept_token = :keptToken
				 WHERE id = :id
				""")
			.param("id", user.id())
			.param("email", user.email())
			.param("username", user.username())
			.param("password", user.password())
			.param("bio", user.bio())
			.param("image", user.image())
			.param("keptToken", user.keptToken())
			.update();
	}

	/** Revokes all tokens of a user. */
	@Transactional
	void revokeTokens(long id) {
		this.jdbc.sql("UPDATE users SET token_generation = token_generation + 1 WHERE id = :id")
			.param("id", id)
			.update();
	}

	/**
	 * Replaces the hash of an unchanged password, unless the stored hash has changed.
	 * @return the user as stored now
	 */
	@Transactional
	User rehash(User before, String hash) {
		User current = lock(before.id());
		if (!current.password().equals(before.password())) {
			return current;
		}
		User rehashed = current.withPassword(hash);
		update(rehashed);
		return rehashed;
	}

	// Finds out which of the two another user has. The id is 0 for a new user.
	private AlreadyTakenException taken(long id, String email, String username) {
		boolean byEmail = this.jdbc.sql("SELECT EXISTS (SELECT 1 FROM users WHERE email = :email AND id <> :id)")
			.param("email", email)
			.param("id", id)
			.query(Boolean.class)
			.single();
		return byEmail ? new AlreadyTakenException("email", email) : new AlreadyTakenException("username", username);
	}

	/** Finds a user for sign-in. Strongly consistent: a former password must not work. */
	@Transactional(readOnly = true, label = "strong")
	Optional<User> findByEmail(String email) {
		return this.jdbc.sql(COLUMNS + "WHERE email = :email").param("email", email).query(User.class).optional();
	}

	/** Finds a user. May read a replica that has not applied the latest changes. */
	@Transactional(readOnly = true)
	Optional<User> find(long id) {
		return this.jdbc.sql(COLUMNS + "WHERE id = :id").param("id", id).query(User.class).optional();
	}

	/** Finds a user. Strongly consistent: includes every acknowledged change. */
	@Transactional(readOnly = true, label = "strong")
	Optional<User> findAcknowledged(long id) {
		return find(id);
	}

}
