package com.foobar.user;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class Users {

	private static final String COLUMNS = """
			SELECT id, email, username, password, bio, image, token_generation, kept_token FROM users
			""";

	private final JdbcClient jdbc;

	Users(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	/**
	 * Registers somebody.
	 * @param hash of the password
	 * @throws AlreadyTakenException if somebody has that name or email
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
				.param("now", LocalDateTime.now(ZoneOffset.UTC))
				.update(id, "id");
		}
		catch (DuplicateKeyException ex) {
			throw taken(0, registration.email(), registration.username());
		}
		return new User(Objects.requireNonNull(id.getKey()).longValue(), registration.email(), registration.username(),
				hash, null, null, 0, null);
	}

	/**
	 * Changes somebody.
	 * @param keepsToken whether the token that changes the password remains good
	 * @throws CurrentPasswordException if they have to give their current password
	 * @throws AlreadyTakenException if somebody else has that name or email
	 */
	@Transactional
	User change(long id, PreparedUserUpdate change, boolean keepsToken) {
		User before = lock(id);
		change.authenticate(before);
		User changed = change.applyTo(before);
		User user = change.changesPassword()
				? changed.keeping(keepsToken ? change.token().fingerprint(changed.securityStamp()) : null) : changed;
		try {
			update(user);
		}
		catch (DuplicateKeyException ex) {
			throw taken(id, user.email(), user.username());
		}
		return user;
	}

	// Two changes at once must not undo each other.
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

	/** Ends all tokens that somebody was issued until now. */
	@Transactional
	void endTokens(long id) {
		this.jdbc.sql("UPDATE users SET token_generation = token_generation + 1 WHERE id = :id")
			.param("id", id)
			.update();
	}

	/**
	 * Keeps somebody's password under another hash, unless it is no longer as it was.
	 * @return them as they are now
	 */
	@Transactional
	User rehash(User before, String hash) {
		User now = lock(before.id());
		if (!now.password().equals(before.password())) {
			return now;
		}
		User rehashed = now.withPassword(hash);
		update(rehashed);
		return rehashed;
	}

	// Somebody else has one of them. Nobody has the id 0, as who registers.
	private AlreadyTakenException taken(long id, String email, String username) {
		boolean byEmail = this.jdbc.sql("SELECT EXISTS (SELECT 1 FROM users WHERE email = :email AND id <> :id)")
			.param("email", email)
			.param("id", id)
			.query(Boolean.class)
			.single();
		return byEmail ? new AlreadyTakenException("email", email) : new AlreadyTakenException("username", username);
	}

	/** For signing in, so the newest: a password that was changed opens nothing. */
	@Transactional(readOnly = true, label = "strong")
	Optional<User> findByEmail(String email) {
		return this.jdbc.sql(COLUMNS + "WHERE email = :email").param("email", email).query(User.class).optional();
	}

	@Transactional(readOnly = true)
	Optional<User> find(long id) {
		return this.jdbc.sql(COLUMNS + "WHERE id = :id").param("id", id).query(User.class).optional();
	}

	/** The same, as of everything acknowledged. */
	@Transactional(readOnly = true, label = "strong")
	Optional<User> findAcknowledged(long id) {
		return find(id);
	}

}
