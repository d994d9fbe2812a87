package com.foobar.user;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Supplier;

import com.foobar.web.limit.RateLimiter;
import org.springframework.stereotype.Component;

/**
 * Slows down whoever guesses passwords or floods the site with accounts. Nobody is locked
 * out by a stranger: failures count against an account together with the address they
 * come from, and against that address. An account that nobody has is treated the same.
 *
 * <p>
 * Each instance counts for itself, so a guesser has as many times the attempts as there
 * are instances, which is still next to nothing. Counting together would take a write for
 * each guess, and so give the guesser a way to slow down the site.
 */
@Component
class LoginThrottle {

	private final RateLimiter perAccount;

	private final RateLimiter perAddress;

	private final RateLimiter registrations;

	LoginThrottle(LoginThrottleProperties properties) {
		this.perAccount = new RateLimiter(properties.perAccount(), properties.window());
		this.perAddress = new RateLimiter(properties.perAddress(), properties.window());
		this.registrations = new RateLimiter(properties.registrations(), properties.window());
	}

	/**
	 * Lets somebody try to register.
	 * @param address theirs
	 * @throws TooManyAttemptsException if they may not
	 */
	<T> T toRegister(String address, Supplier<T> attempt) {
		take(this.registrations, network(address));
		return attempt.get();
	}

	/**
	 * Lets somebody try to sign in, or to prove otherwise that they know the password.
	 * The attempt is used up before it is made, or many at once would all be let in, and
	 * given back unless the password was wrong.
	 * @param address theirs
	 * @throws TooManyAttemptsException if they may not
	 */
	<T> T toSignIn(String email, String address, Supplier<T> attempt) {
		String network = network(address);
		String account = "%s from %s".formatted(plain(email), network);
		take(account, network);
		try {
			T result = attempt.get();
			this.perAddress.giveBack(network);
			this.perAccount.reset(account);
			return result;
		}
		catch (BadCredentialsException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			// We failed, not they.
			this.perAddress.giveBack(network);
			this.perAccount.giveBack(account);
			throw ex;
		}
	}

	private void take(String account, String network) {
		take(this.perAddress, network);
		try {
			take(this.perAccount, account);
		}
		catch (TooManyAttemptsException ex) {
			this.perAddress.giveBack(network);
			throw ex;
		}
	}

	private static void take(RateLimiter limiter, String who) {
		limiter.tryAcquire(who).ifPresent((wait) -> {
			throw new TooManyAttemptsException(who, wait);
		});
	}

	// The database takes letters that differ in case or in width for the same, and
	// overlooks what cannot be seen. Two accounts that differ in accents share a limit.
	private static String plain(String email) {
		return Normalizer.normalize(email, Normalizer.Form.NFKD)
			.replaceAll("[\\p{C}\\p{M}]", "")
			.toUpperCase(Locale.ROOT)
			.toLowerCase(Locale.ROOT);
	}

	// Of IPv6 everybody has a whole network.
	private static String network(String address) {
		try {
			return (InetAddress.ofLiteral(address) instanceof Inet6Address six)
					? HexFormat.of().formatHex(six.getAddress(), 0, 8) : address;
		}
		catch (IllegalArgumentException ex) {
			return address;
		}
	}

}
