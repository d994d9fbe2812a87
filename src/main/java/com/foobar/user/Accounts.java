package com.foobar.user;

import java.util.Optional;

import com.foobar.web.Member;
import com.foobar.web.Visitor;
import com.foobar.web.Visitors;
import org.springframework.stereotype.Service;

/** Registers visitors and recognises them again. */
@Service
class Accounts implements Visitors {

	private final Users users;

	private final Passwords passwords;

	private final Attempts attempts;

	Accounts(Users users, Passwords passwords, Attempts attempts) {
		this.users = users;
		this.passwords = passwords;
		this.attempts = attempts;
	}

	/**
	 * Registers somebody.
	 * @param address theirs
	 * @throws AlreadyTakenException if somebody has that name or email
	 * @throws TooManyAttemptsException if too many have registered from there
	 */
	User register(Registration registration, String address) {
		return this.attempts.toRegister(address,
				() -> this.users.add(registration, this.passwords.hash(registration.password())));
	}

	/**
	 * The one with that email and password.
	 * @param address theirs
	 * @throws BadCredentialsException if there is none
	 * @throws TooManyAttemptsException if that was said too often
	 */
	User signIn(Credentials credentials, String address) {
		return this.attempts.toSignIn(credentials.email(), address, () -> find(credentials));
	}

	private User find(Credentials credentials) {
		Optional<User> user = this.users.findByEmail(credentials.email());
		boolean matches = this.passwords.matches(credentials.password(), user.map(User::password).orElse(null));
		User found = user.filter((known) -> matches)
			.orElseThrow(() -> new BadCredentialsException(credentials.email()));
		return this.passwords.isOutdated(found.password()) ? rehash(found, credentials) : found;
	}

	// Now is when the password is known. Meanwhile it may have been changed, or hashed
	// anew by another sign-in.
	private User rehash(User user, Credentials credentials) {
		User now = this.users.rehash(user, this.passwords.hash(credentials.password()));
		if (!this.passwords.matches(credentials.password(), now.password())) {
			throw new BadCredentialsException(credentials.email());
		}
		return now;
	}

	/**
	 * Changes somebody.
	 * @throws AlreadyTakenException if somebody else has that name or email
	 */
	User change(long id, AccountChanges changes) {
		Optional<String> password = changes.password();
		// Before the transaction, for it takes its time.
		String hash = (password != null) ? this.passwords.hash(password.orElseThrow()) : null;
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
