package com.foobar.user;

import java.util.Optional;

import com.foobar.web.limit.BulkheadFullException;
import com.foobar.web.security.UserCredentials;
import com.foobar.web.security.PresentedToken;
import com.foobar.web.security.AuthenticatedUser;
import com.foobar.web.security.UserCredentialsLookup;
import org.springframework.stereotype.Service;

/**
 * Registers users, signs them in and changes their accounts. Safe for use by several
 * threads.
 */
@Service
class Accounts implements UserCredentialsLookup {

	private final Users users;

	private final Passwords passwords;

	private final LoginThrottle throttle;

	Accounts(Users users, Passwords passwords, LoginThrottle throttle) {
		this.users = users;
		this.passwords = passwords;
		this.throttle = throttle;
	}

	/**
	 * Hashes the password of a new user. Waits up to {@code foobar.password.timeout},
	 * then hashes, so it must not run in a transaction.
	 * @param address the IP address of the client
	 * @throws TooManyAttemptsException if there were too many registrations from the
	 * address
	 * @throws BulkheadFullException if the wait was too long
	 */
	String hash(Registration registration, String address) {
		return this.throttle.throttleRegistration(address, () -> this.passwords.hash(registration.password()));
	}

	/**
	 * Registers a user.
	 * @param hash the hash of the password
	 * @throws AlreadyTakenException if another user has the username or the email
	 */
	User register(Registration registration, String hash) {
		return this.users.add(registration, hash);
	}

	/**
	 * Returns the user with that email and password. Waits for each hash, up to
	 * {@code foobar.password.timeout}, so it must not run in a transaction.
	 * @param address the IP address of the client
	 * @throws BadCredentialsException if no user has that email and password
	 * @throws TooManyAttemptsException if there were too many failed sign-ins
	 * @throws BulkheadFullException if the wait was too long
	 */
	User signIn(Credentials credentials, String address) {
		return this.throttle.throttleSignIn(credentials.email(), address, () -> find(credentials));
	}

	private User find(Credentials credentials) {
		Optional<User> user = this.users.findByEmail(credentials.email());
		boolean matches = this.passwords.matches(credentials.password(), user.map(User::password).orElse(null));
		User found = user.filter((known) -> matches)
			.orElseThrow(() -> new BadCredentialsException(credentials.email()));
		return this.passwords.isOutdated(found.password()) ? rehash(found, credentials) : found;
	}

	// Hashes the password anew, which is possible only at a sign-in. Another request may
	// have changed or rehashed it at the same time, so this compares it again.
	private User rehash(User user, Credentials credentials) {
		User current = this.users.rehash(user, this.passwords.hash(credentials.password()));
		if (!this.passwords.matches(credentials.password(), current.password())) {
			throw new BadCredentialsException(credentials.email());
		}
		return current;
	}

	/**
	 * Checks the current password and hashes the new one, as far as a change needs it.
	 * Waits up to {@code foobar.password.timeout} for each hash, so it must not run in a
	 * transaction.
	 * @param address the IP address of the client
	 * @throws CurrentPasswordException if the current password is wrong, or missing but
	 * required
	 * @throws TooManyAttemptsException if there were too many wrong passwords
	 * @throws BulkheadFullException if the wait was too long
	 */
	PreparedUserUpdate prepare(long id, UserUpdate changes, PresentedToken token, String address) {
		User user = user(id).orElseThrow();
		boolean verifies = changes.hasCurrentPassword() && changes.changesCredentials(user);
		var change = new PreparedUserUpdate(changes, null, token,
				verifies ? verifyCurrentPassword(user, changes, address) : null);
		change.checkAccess(user);
		Optional<String> password = changes.password();
		return (password != null) ? change.withHash(this.passwords.hash(password.orElseThrow())) : change;
	}

	// A wrong password counts as a failed sign-in. Returns the hash it was compared with.
	private String verifyCurrentPassword(User user, UserUpdate changes, String address) {
		try {
			return this.throttle.throttleSignIn(user.email(), address, () -> compareCurrentPassword(user, changes));
		}
		catch (BadCredentialsException ex) {
			throw CurrentPasswordException.wrong(user);
		}
	}

	private String compareCurrentPassword(User user, UserUpdate changes) {
		if (!this.passwords.matches(String.valueOf(changes.currentPassword()), user.password())) {
			throw new BadCredentialsException(user.email());
		}
		return user.password();
	}

	/**
	 * Changes a user.
	 * @param keepsToken whether the token that changes the password stays valid
	 * @throws CurrentPasswordException if the change needs the current password
	 * @throws AlreadyTakenException if another user has the username or the email
	 */
	User change(long id, PreparedUserUpdate change, boolean keepsToken) {
		return this.users.change(id, change, keepsToken);
	}

	/** Signs a user out of all devices. */
	void revokeTokens(long id) {
		this.users.revokeTokens(id);
	}

	/** Finds a user. May read a replica that has not applied the latest changes. */
	Optional<User> user(long id) {
		return this.users.find(id);
	}

	@Override
	public Optional<UserCredentials> find(long id) {
		return user(id).map(Accounts::credentials);
	}

	@Override
	public Optional<UserCredentials> findAcknowledged(long id) {
		return this.users.findAcknowledged(id).map(Accounts::credentials);
	}

	private static UserCredentials credentials(User user) {
		return new UserCredentials(new AuthenticatedUser(user.id(), user.username(), user.image()),
				user.securityStamp(), user.keptToken());
	}

}
