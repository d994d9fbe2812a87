package com.foobar.web.security;

import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.foobar.database.BoundSettings;
import com.foobar.web.idempotency.StoredResponseEncryption;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests a change of the key, which takes several steps. An instance accepts the tokens of
 * the steps before and after its own step, and those of the previous version.
 */
class KeyRolloverTests {

	private static final String OLD = key("0123456789abcdef0123456789abcdef");

	private static final String NEW = key("fedcba9876543210fedcba9876543210");

	private static final List<String> STEPS = List.of(OLD, OLD + "," + NEW, NEW + "," + OLD, NEW);

	private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

	private static final String STAMP = "the hash of a password";

	@Test
	void neighbouringStepsAcceptEachOthersSignInTokens() {
		for (int i = 1; i < STEPS.size(); i++) {
			Instance before = new Instance(STEPS.get(i - 1));
			Instance after = new Instance(STEPS.get(i));
			assertThat(before.accepts(after.issue())).as("The step before step %d accepts its token", i).isTrue();
			assertThat(after.accepts(before.issue())).as("Step %d accepts the token of the step before", i).isTrue();
		}
		assertThat(new Instance(NEW).accepts(new Instance(OLD).issue())).isFalse();
		assertThat(new Instance(OLD).accepts(new Instance(NEW).issue())).isFalse();
	}

	@Test
	void tokenOfTheOldKeyIsRenewedWithTheNewKey() {
		String token = new Instance(OLD).issue();
		String renewed = new Instance(NEW + "," + OLD).renew(token);
		assertThat(new Instance(NEW).accepts(renewed)).isTrue();
		assertThat(new Instance(OLD).accepts(renewed)).isFalse();
	}

	@Test
	void neighbouringStepsDecryptEachOthersStoredResponses() {
		byte[] text = "A stored response".getBytes();
		for (int i = 1; i < STEPS.size(); i++) {
			var before = new StoredResponseEncryption(keys(STEPS.get(i - 1)));
			var after = new StoredResponseEncryption(keys(STEPS.get(i)));
			assertThat(before.decrypt(after.encrypt(text))).hasValue(text);
			assertThat(after.decrypt(before.encrypt(text))).hasValue(text);
		}
		assertThat(
				new StoredResponseEncryption(keys(NEW)).decrypt(new StoredResponseEncryption(keys(OLD)).encrypt(text)))
			.isEmpty();
	}

	@Test
	void tokenHasKeyIdAndIsSignedWithDerivedKey() throws ParseException, JOSEException {
		SignedJWT token = SignedJWT.parse(new Instance(OLD).issue());
		assertThat(token.getHeader().getKeyID()).isEqualTo(keys(OLD).first().id()).matches("[0-9a-f]{8}");
		assertThat(token.verify(new MACVerifier(keys(OLD).first().secret()))).isFalse();
	}

	@Test
	void neighbouringStepsAndPreviousVersionReadEachOthersPositions() {
		var claims = JwtClaimsSet.builder().claim("position", "here").build();
		for (int i = 1; i < STEPS.size(); i++) {
			JwtCodec before = positionCodec(STEPS.get(i - 1));
			JwtCodec after = positionCodec(STEPS.get(i));
			assertThat(before.decoder().decode(after.encode(claims)).getClaimAsString("position")).isEqualTo("here");
			assertThat(after.decoder().decode(before.encode(claims)).getClaimAsString("position")).isEqualTo("here");
		}
		JwtDecoder previousVersion = NimbusJwtDecoder.withSecretKey(keys(OLD).first().derive("consistency"))
			.macAlgorithm(MacAlgorithm.HS256)
			.build();
		assertThat(previousVersion.decode(positionCodec(OLD).encode(claims)).getClaimAsString("position"))
			.isEqualTo("here");
	}

	private static JwtCodec positionCodec(String key) {
		return JwtCodec.of(keys(key), "consistency", new JwtTimestampValidator());
	}

	@Test
	void tokensOfPreviousVersionAreAccepted() throws JOSEException {
		String token = tokenOfPreviousVersion(OLD);
		for (String step : STEPS.subList(0, 3)) {
			assertThat(new Instance(step).accepts(token)).isTrue();
		}
		assertThat(new Instance(NEW).accepts(token)).isFalse();
	}

	@Test
	void previousVersionAcceptsTokensWithLegacySignature() throws ParseException, JOSEException {
		var instance = new Instance(OLD + "," + NEW, true);
		SignedJWT token = SignedJWT.parse(instance.issue());
		assertThat(token.verify(new MACVerifier(keys(OLD).first().secret()))).isTrue();
		assertThat(instance.accepts(token.serialize())).isTrue();
		assertThat(new Instance(OLD).accepts(token.serialize())).isTrue();
	}

	@Test
	void legacySignatureIsTheDefault() throws ParseException, JOSEException {
		var source = new MapConfigurationPropertySource(Map.of("foobar.token.key", OLD));
		TokenProperties unset = new Binder(source).bind("foobar.token", TokenProperties.class).get();
		SignedJWT token = SignedJWT.parse(new Instance(OLD, unset.legacySignature()).issue());
		assertThat(token.verify(new MACVerifier(keys(OLD).first().secret()))).isTrue();
	}

	@Test
	void signInOfPreviousVersionIsNotRecent() throws JOSEException {
		assertThat(new Instance(OLD).authenticate(tokenOfPreviousVersion(OLD)).recent()).isFalse();
		assertThat(new Instance(OLD).authenticate(new Instance(OLD).issue()).recent()).isTrue();
	}

	@Test
	void keysAreNotInStrings() {
		assertThat(keys(OLD).first()).hasToString("TokenKey[id=%s]".formatted(keys(OLD).first().id()));
		assertThat(properties(OLD, false).toString()).doesNotContain(OLD);
	}

	private static String tokenOfPreviousVersion(String key) throws JOSEException {
		var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256),
				new JWTClaimsSet.Builder().subject("1")
					.issueTime(Date.from(NOW))
					.expirationTime(Date.from(NOW.plus(Duration.ofDays(14))))
					.claim("seal", new SecurityStampHash(keys(key)).of(STAMP))
					.build());
		token.sign(new MACSigner(keys(key).first().secret()));
		return token.serialize();
	}

	private static String key(String secret) {
		return Base64.getEncoder().encodeToString(secret.getBytes());
	}

	private static TokenKeys keys(String setting) {
		return new TokenKeys(properties(setting, false), BoundSettings.database(Map.of("nodes", "")));
	}

	private static TokenProperties properties(String key, boolean legacySignature) {
		return new TokenProperties(key, Duration.ofDays(14), Duration.ofDays(90), legacySignature);
	}

	/** The beans of an instance that issue and check tokens with the given keys. */
	private static final class Instance {

		private final SignInTokens tokens;

		private final TokenAuthenticator authenticator;

		private Instance(String key) {
			this(key, false);
		}

		private Instance(String key, boolean legacySignature) {
			this.tokens = new SignInTokens(keys(key), new SecurityStampHash(keys(key)),
					properties(key, legacySignature), Clock.fixed(NOW, ZoneOffset.UTC));
			this.authenticator = new TokenAuthenticator(this.tokens, new AnyUserLookup(), new SimpleMeterRegistry());
		}

		private String issue() {
			return this.tokens.issue(1, STAMP);
		}

		private String renew(String token) {
			return this.tokens.renew(authenticate(token));
		}

		private PresentedToken authenticate(String token) {
			Authentication accepted = this.authenticator.authenticate(new BearerTokenAuthenticationToken(token));
			return (PresentedToken) accepted.getCredentials();
		}

		private boolean accepts(String token) {
			try {
				authenticate(token);
				return true;
			}
			catch (InvalidBearerTokenException ex) {
				return false;
			}
		}

	}

	/** Returns a user for every id. */
	private static final class AnyUserLookup implements UserCredentialsLookup {

		@Override
		public Optional<UserCredentials> find(long id) {
			return Optional.of(new UserCredentials(new AuthenticatedUser(id, "ada", null), STAMP, null));
		}

		@Override
		public Optional<UserCredentials> findAcknowledged(long id) {
			return find(id);
		}

	}

}
