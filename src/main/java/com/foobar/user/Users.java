package com.foobar.user;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@Repository
class Users {

	private static final String COLUMNS = "SELECT id, email, username, password, bio, image FROM users ";

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
				hash, null, null);
	}

	/**
	 * Changes somebody.
	 * @param hash of the new password; null if that stays
	 * @throws AlreadyTakenException if somebody else has that name or email
	 */
	@Transactional
	User change(long id, AccountChanges changes, @Nullable String hash) {
		User user = changes.applyTo(lock(id), hash);
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
				   SET email = :email, username = :username, password = :password, bio = :bio, image = :image
				 WHERE id = :id
				""")
			.param("id", user.id())
			.param("email", user.email())
			.param("username", user.username())
			.param("password", user.password())
			.param("bio", user.bio())
			.param("image", user.image())
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

}
