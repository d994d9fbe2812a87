package com.foobar.user;

import java.time.Instant;
import java.util.Optional;

import com.foobar.web.security.PresentedToken;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.Jwt;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Tests when a change of the password needs the current password. */
class PreparedUserUpdateTests {

	private static final Jwt JWT = Jwt.withTokenValue("a.b.c").header("alg", "HS256").subject("1").build();

	@Test
	void refusesIfThePasswordHasChangedSinceTheComparison() {
		PreparedUserUpdate change = newPassword(true, "the compared hash");
		assertThatExceptionOfType(CurrentPasswordException.class)
			.isThrownBy(() -> change.checkAccess(user("the hash of another password")))
			.withMessage("That is not the password of [ada]");
		assertThatCode(() -> change.checkAccess(user("the compared hash"))).doesNotThrowAnyException();
	}

	@Test
	void recentSignInSuffices() {
		assertThatCode(() -> newPassword(true, null).checkAccess(user("a hash"))).doesNotThrowAnyException();
		assertThatExceptionOfType(CurrentPasswordException.class)
			.isThrownBy(() -> newPassword(false, null).checkAccess(user("a hash")))
			.withMessage("[ada] must give the current password, since the last sign-in was too long ago");
	}

	private static PreparedUserUpdate newPassword(boolean recent, @Nullable String verifiedHash) {
		var changes = new UserUpdate(null, null, Optional.of("password2"), null, null, null);
		return new PreparedUserUpdate(changes, "the new hash",
				new PresentedToken(JWT, "a stamp", Instant.EPOCH, recent, false), verifiedHash);
	}

	private static User user(String hash) {
		return new User(1, "ada@example.com", "ada", hash, null, null, 0, null);
	}

}
