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
			throw taken(registration);
		}
		return new User(Objects.requireNonNull(id.getKey()).longValue(), registration.email(), registration.username(),
				hash, null, null);
	}

	private AlreadyTakenException taken(Registration registration) {
		boolean email = this.jdbc.sql("SELECT EXISTS (SELECT 1 FROM users WHERE email = :email)")
			.param("email", registration.email())
			.query(Boolean.class)
			.single();
		return email ? new AlreadyTakenException("email", registration.email())
				: new AlreadyTakenException("username", registration.username());
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
