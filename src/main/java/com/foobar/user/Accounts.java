package com.foobar.user;

import java.util.Optional;

import com.foobar.web.Visitor;
import com.foobar.web.Visitors;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;

/** Registers visitors and recognises them again. */
@Service
class Accounts implements Visitors {

	private final Users users;

	private final PasswordEncoder passwords;

	private final String nobodysHash;

	Accounts(Users users, PasswordEncoder passwords) {
		this.users = users;
		this.passwords = passwords;
		this.nobodysHash = passwords.encode("nobody");
	}

	/**
	 * Registers somebody.
	 * @throws AlreadyTakenException if somebody has that name or email
	 */
	User register(Registration registration) {
		return this.users.add(registration, this.passwords.encode(registration.password()));
	}

	/**
	 * The one with that email and password.
	 * @throws BadCredentialsException if there is none
	 */
	User signIn(Credentials credentials) {
		Optional<User> user = this.users.findByEmail(credentials.email());
		// Without a user too a hash is computed: how long this takes tells nobody which
		// emails are known.
		boolean matches = this.passwords.matches(credentials.password(),
				user.map(User::password).orElse(this.nobodysHash));
		return user.filter((known) -> matches).orElseThrow(() -> new BadCredentialsException(credentials.email()));
	}

	/**
	 * The one with that id. Whom a replica does not know may have joined just now, so the
	 * primary is asked too.
	 */
	Optional<User> user(long id) {
		return this.users.find(id).or(() -> this.users.findNewest(id));
	}

	@Override
	public Optional<Visitor> find(long id) {
		return user(id).map((user) -> new Visitor(user.id(), user.username(), user.image()));
	}

}
