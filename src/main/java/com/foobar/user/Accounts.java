package com.foobar.user;

import java.util.Optional;

import com.foobar.web.limit.BulkheadFullException;
import com.foobar.web.security.UserCredentials;
import com.foobar.web.security.PresentedToken;
import com.foobar.web.security.AuthenticatedUser;
import com.foobar.web.security.UserCredentialsLookup;
import org.springframework.stereotype.Service;

/** Registers visitors and recognises them again. */
@Service
class Accounts implements UserCredentialsLookup {

	private final Users users;

	private final Passwords passwords;

	private final LoginThrottle attempts;

	Accounts(Users users, Passwords passwords, LoginThrottle attempts) {
		this.users = users;
		this.passwords = passwords;
		this.attempts = attempts;
	}

	/**
	 * Hashes the password of somebody who registers. Not for use in a transaction: it
	 * waits for its turn, and takes its time.
	 * @param address theirs
	 * @throws TooManyAttemptsException if too many have registered from there
	 * @throws BulkheadFullException if too many others came first
	 */
	String hash(Registration registration, String address) {
		return this.attempts.toRegister(address, () -> this.passwords.hash(registration.password()));
	}

	/**
	 * Registers somebody.
	 * @param hash of their password
	 * @throws AlreadyTakenException if somebody has that name or email
	 */
	User register(Registration registration, String hash) {
		return this.users.add(registration, hash);
	}

	/**
	 * The one with that email and password. Not for use in a transaction: it waits for
	 * its turn to hash, and takes its time.
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
	 * Hashes what is to be hashed of a change, and nothing if it concerns no password.
	 * Not for use in a transaction: it waits for its turn, and takes its time.
	 * @param address of who makes the change
	 * @throws CurrentPasswordException if the current password is wrong, or needed
	 * @throws TooManyAttemptsException if that was said too often
	 * @throws BulkheadFullException if too many others came first
	 */
	PreparedUserUpdate prepare(long id, UserUpdate changes, PresentedToken token, String address) {
		User user = user(id).orElseThrow();
		boolean proves = changes.giveCurrentPassword() && changes.concernsSignIn(user);
		var change = new PreparedUserUpdate(changes, null, token, proves ? prove(user, changes, address) : null);
		change.authenticate(user);
		Optional<String> password = changes.password();
		return (password != null) ? change.withHash(this.passwords.hash(password.orElseThrow())) : change;
	}

	// A wrong guess counts as one at signing in does.
	private String prove(User user, UserUpdate changes, String address) {
		try {
			return this.attempts.toSignIn(user.email(), address, () -> compare(user, changes));
		}
		catch (BadCredentialsException ex) {
			throw CurrentPasswordException.wrong(user);
		}
	}

	private String compare(User user, UserUpdate changes) {
		if (!this.passwords.matches(String.valueOf(changes.currentPassword()), user.password())) {
			throw new BadCredentialsException(user.email());
		}
		return user.password();
	}

	/**
	 * Changes somebody.
	 * @param keepsToken whether the token that changes the password remains good for the
	 * requests that follow
	 * @throws CurrentPasswordException if they have to give their current password
	 * @throws AlreadyTakenException if somebody else has that name or email
	 */
	User change(long id, PreparedUserUpdate change, boolean keepsToken) {
		return this.users.change(id, change, keepsToken);
	}

	/** Signs somebody out of all devices. */
	void endTokens(long id) {
		this.users.endTokens(id);
	}

	Optional<User> user(long id) {
		return this.users.find(id);
	}

	@Override
	public Optional<UserCredentials> find(long id) {
		return user(id).map(Accounts::member);
	}

	@Override
	public Optional<UserCredentials> findAcknowledged(long id) {
		return this.users.findAcknowledged(id).map(Accounts::member);
	}

	private static UserCredentials member(User user) {
		return new UserCredentials(new AuthenticatedUser(user.id(), user.username(), user.image()),
				user.securityStamp(), user.keptToken());
	}

}
