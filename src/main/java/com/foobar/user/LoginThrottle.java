package com.foobar.user;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Supplier;

import com.foobar.web.limit.RateLimiter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;

/**
 * Limits failed sign-ins and registrations by the settings
 * {@code foobar.login-throttle.*}. The limits are for each pair of account and IP address
 * and for each address, so an attacker cannot lock out a user who has another address.
 * Accounts that do not exist are treated the same. Safe for use by several threads.
 *
 * <p>
 * Each instance counts separately, so an attacker has the attempts once per instance,
 * which is still few. A common count would need a write for each attempt, with which an
 * attacker could slow down the site.
 */
@Component
class LoginThrottle {

	private final RateLimiter perAccount;

	private final RateLimiter perAddress;

	private final RateLimiter registrations;

	private final Counter failures;

	LoginThrottle(LoginThrottleProperties properties, MeterRegistry meters) {
		this.perAccount = new RateLimiter(properties.perAccount(), properties.window(), meters);
		this.perAddress = new RateLimiter(properties.perAddress(), properties.window(), meters);
		this.registrations = new RateLimiter(properties.registrations(), properties.window(), meters);
		this.failures = Counter.builder("security.sign.in.failures")
			.description("Attempts to sign in with an unknown address or a wrong password")
			.register(meters);
	}

	/**
	 * Runs a registration, which uses up one attempt even if it fails.
	 * @param address the IP address of the client
	 * @throws TooManyAttemptsException if no attempt is available
	 */
	<T> T throttleRegistration(String address, Supplier<T> attempt) {
		acquire(this.registrations, network(address));
		return attempt.get();
	}

	/**
	 * Runs a sign-in or another check of the password. Uses up an attempt before it runs,
	 * because otherwise concurrent requests could exceed the limit. Refunds the attempt
	 * unless the password was wrong, which the counter {@code security.sign.in.failures}
	 * counts.
	 * @param address the IP address of the client
	 * @throws TooManyAttemptsException if no attempt is available
	 */
	<T> T throttleSignIn(String email, String address, Supplier<T> attempt) {
		String network = network(address);
		String account = "%s from %s".formatted(normalize(email), network);
		acquire(account, network);
		try {
			T result = attempt.get();
			this.perAddress.refund(network);
			this.perAccount.reset(account);
			return result;
		}
		catch (BadCredentialsException ex) {
			this.failures.increment();
			throw ex;
		}
		catch (RuntimeException ex) {
			// The failure is the site's, not the client's.
			this.perAddress.refund(network);
			this.perAccount.refund(account);
			throw ex;
		}
	}

	private void acquire(String account, String network) {
		acquire(this.perAddress, network);
		try {
			acquire(this.perAccount, account);
		}
		catch (TooManyAttemptsException ex) {
			this.perAddress.refund(network);
			throw ex;
		}
	}

	private static void acquire(RateLimiter limiter, String key) {
		limiter.tryAcquire(key).ifPresent((wait) -> {
			throw new TooManyAttemptsException(key, wait);
		});
	}

	// The database's collation ignores case, width and invisible characters, so all forms
	// of an email must share one limit. This form ignores accents too, which the
	// collation does not: accounts that differ only in accents share a limit.
	private static String normalize(String email) {
		return Normalizer.normalize(email, Normalizer.Form.NFKD)
			.replaceAll("[\\p{C}\\p{M}]", "")
			.toUpperCase(Locale.ROOT)
			.toLowerCase(Locale.ROOT);
	}

	// An IPv6 client has a whole /64 network, so its first 8 bytes identify the client.
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
