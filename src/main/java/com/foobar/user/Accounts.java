package com.foobar.user;

import java.util.Optional;

import com.foobar.web.Member;
import com.foobar.web.Visitor;
import com.foobar.web.Visitors;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.stereotype.Service;

/** Registers visitors and recognises them again. */
@Service
class Accounts implements Visitors {

	private final Users users;

	private final PasswordEncoder passwords;

	Accounts(Users users, PasswordEncoder passwords) {
		this.users = users;
		this.passwords = passwords;
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
		User user = this.users.findByEmail(credentials.email()).orElseThrow(() -> unknown(credentials));
		if (!this.passwords.matches(credentials.password(), user.password())) {
			throw new BadCredentialsException(credentials.email());
		}
		return user;
	}

	// Takes as long as comparing passwords would, so that time tells nobody which emails
	// are known.
	private BadCredentialsException unknown(Credentials credentials) {
		this.passwords.encode(credentials.password());
		return new BadCredentialsException(credentials.email());
	}

	/**
	 * Changes somebody.
	 * @throws AlreadyTakenException if somebody else has that name or email
	 */
	User change(long id, AccountChanges changes) {
		Optional<String> password = changes.password();
		// Before the transaction, for it takes its time.
		String hash = (password != null) ? this.passwords.encode(password.orElseThrow()) : null;
		return this.users.change(id, changes, hash);
	}

	Optional<User> user(long id) {
		return this.users.find(id);
	}

	@Override
	public Optional<Member> find(long id) {
		return user(id)
			.map((user) -> new Member(new Visitor(user.id(), user.username(), user.image()), user.password()));
	}

}
