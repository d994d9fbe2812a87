package com.foobar.web.security;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.stereotype.Component;

/**
 * Issues and validates sign-in tokens. A token is a signed JWT with the user's id, the
 * time of the sign-in, an expiry and a {@link SecurityStampHash}; the server does not
 * store it. All tokens of a user end when the user's security stamp changes, for example
 * with the password; the response to that change carries a new token. Safe for use by
 * several threads.
 */
@Component
public class SignInTokens {

	/** How long after a sign-in a user need not give the password again. */
	static final Duration RECENT = Duration.ofMinutes(15);

	// The claim that holds the hash of the security stamp.
	private static final String STAMP_HASH = "seal";

	// The claim's name in OpenID Connect.
	private static final String SIGNED_IN_AT = "auth_time";

	// A cookie is renewed after a tenth of its token's lifetime. So not every page renews
	// it, and a user who returns within nine tenths of the lifetime stays signed in.
	private static final int RENEWALS = 10;

	private final JwtCodec codec;

	private final SecurityStampHash stampHash;

	private final TokenProperties properties;

	private final Clock clock;

	SignInTokens(TokenKeys keys, SecurityStampHash stampHash, TokenProperties properties, Clock clock) {
		var expiry = new JwtTimestampValidator();
		expiry.setClock(clock);
		this.codec = JwtCodec.withUnderivedKeys(keys, "sign-in", expiry, properties.legacySignature());
		this.stampHash = stampHash;
		this.properties = properties;
		this.clock = clock;
	}

	/** Issues a token for a user who has just given the password. */
	public String issue(long userId, String stamp) {
		return issue(userId, stamp, this.clock.instant());
	}

	/**
	 * Issues a token that replaces the token of a change which gave the user a new
	 * security stamp.
	 * @param signsInAnew whether the change included the password, which counts as a
	 * sign-in
	 */
	public String replace(PresentedToken token, String stamp, boolean signsInAnew) {
		return issue(token.userId(), stamp, signsInAnew ? this.clock.instant() : token.signedInAt());
	}

	private String issue(long userId, String stamp, Instant signedInAt) {
		Instant now = this.clock.instant();
		Instant end = now.plus(this.properties.lifetime());
		Instant latest = signedInAt.plus(this.properties.absoluteLifetime());
		return this.codec.encode(JwtClaimsSet.builder()
			.id(UUID.randomUUID().toString())
			.subject(Long.toString(userId))
			.issuedAt(now)
			.expiresAt(latest.isBefore(end) ? latest : end)
			.claim(SIGNED_IN_AT, signedInAt.getEpochSecond())
			.claim(STAMP_HASH, this.stampHash.of(stamp))
			.build());
	}

	/**
	 * Issues a token with a later expiry. Returns the same token if it was superseded.
	 */
	public String renew(PresentedToken token) {
		return token.superseded() ? token.jwt().getTokenValue()
				: issue(token.userId(), token.securityStamp(), token.signedInAt());
	}

	/**
	 * Issues a token with a later expiry. Returns nothing if the token is too new, or was
	 * superseded.
	 */
	Optional<String> renewIfDue(PresentedToken token) {
		Instant due = issuedAt(token.jwt()).plus(this.properties.lifetime().dividedBy(RENEWALS));
		return (token.superseded() || due.isAfter(this.clock.instant())) ? Optional.empty() : Optional.of(renew(token));
	}

	/**
	 * Validates a token whose signature and expiry are already checked.
	 * @return the token; nothing if it has ended
	 */
	Optional<PresentedToken> accept(Jwt jwt, UserCredentials credentials) {
		Instant now = this.clock.instant();
		Instant signedInAt = signedInAt(jwt);
		boolean recent = now.isBefore(signedInAt.plus(RECENT));
		boolean current = this.stampHash.matches(jwt.getClaimAsString(STAMP_HASH), credentials.securityStamp());
		boolean kept = recent
				&& PresentedToken.fingerprint(jwt, credentials.securityStamp()).equals(credentials.keptToken());
		return Optional.of(new PresentedToken(jwt, credentials.securityStamp(), signedInAt, recent, !current))
			.filter((token) -> current || kept)
			.filter((token) -> now.isBefore(signedInAt.plus(this.properties.absoluteLifetime())));
	}

	// Tokens of the previous version lack this claim. They stay valid, but count as not
	// recent, so that changes which need a recent sign-in ask for the password.
	private static Instant signedInAt(Jwt jwt) {
		Instant claim = jwt.getClaimAsInstant(SIGNED_IN_AT);
		return (claim != null) ? claim : issuedAt(jwt).minus(RECENT);
	}

	private static Instant issuedAt(Jwt jwt) {
		return Objects.requireNonNull(jwt.getIssuedAt(), JwtClaimNames.IAT);
	}

	JwtDecoder decoder() {
		return this.codec.decoder();
	}

	Duration lifetime() {
		return this.properties.lifetime();
	}

}
