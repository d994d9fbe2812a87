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
 * Issues the tokens that visitors sign in with, and says which are still good. A token
 * holds its owner's id, the time of signing in, an end and a {@link SecurityStampHash},
 * signed; nothing is stored of it. All of somebody's tokens end when their security stamp
 * changes, for example with their password; whoever changes it is given a new one.
 */
@Component
public class SignInTokens {

	/** How long after signing in nobody is asked for their password again. */
	static final Duration RECENT = Duration.ofMinutes(15);

	private static final String SEAL = "seal";

	// As OpenID Connect calls it.
	private static final String SIGNED_IN_AT = "auth_time";

	// A cookie is renewed once its token has used up a tenth of its life: not with every
	// page, and whoever comes again within nine tenths stays signed in.
	private static final int RENEWALS = 10;

	private final JwtCodec codec;

	private final SecurityStampHash seal;

	private final TokenProperties properties;

	private final Clock clock;

	SignInTokens(TokenKeys keys, SecurityStampHash seal, TokenProperties properties, Clock clock) {
		var expiry = new JwtTimestampValidator();
		expiry.setClock(clock);
		this.codec = JwtCodec.withUnderivedKeys(keys, "sign-in", expiry, properties.legacySignature());
		this.seal = seal;
		this.properties = properties;
		this.clock = clock;
	}

	/** A token for somebody who has just given their password. */
	public String issue(long visitorId, String stamp) {
		return issue(visitorId, stamp, this.clock.instant());
	}

	/**
	 * A token for somebody whose security stamp has just become that, in place of the one
	 * that they changed it with.
	 * @param signsInAnew whether they gave their password with the change, which is as
	 * good as signing in
	 */
	public String succeed(PresentedToken token, String stamp, boolean signsInAnew) {
		return issue(token.visitorId(), stamp, signsInAnew ? this.clock.instant() : token.signedInAt());
	}

	private String issue(long visitorId, String stamp, Instant signedInAt) {
		Instant now = this.clock.instant();
		Instant end = now.plus(this.properties.lifetime());
		Instant last = signedInAt.plus(this.properties.absoluteLifetime());
		return this.codec.encode(JwtClaimsSet.builder()
			.id(UUID.randomUUID().toString())
			.subject(Long.toString(visitorId))
			.issuedAt(now)
			.expiresAt(last.isBefore(end) ? last : end)
			.claim(SIGNED_IN_AT, signedInAt.getEpochSecond())
			.claim(SEAL, this.seal.of(stamp))
			.build());
	}

	/** A token that lasts longer than this one, unless this one was superseded. */
	public String renew(PresentedToken token) {
		return token.superseded() ? token.jwt().getTokenValue()
				: issue(token.visitorId(), token.securityStamp(), token.signedInAt());
	}

	/** The same, unless this one is young. */
	Optional<String> renewUnlessYoung(PresentedToken token) {
		Instant young = issuedAt(token.jwt()).plus(this.properties.lifetime().dividedBy(RENEWALS));
		return (token.superseded() || young.isAfter(this.clock.instant())) ? Optional.empty()
				: Optional.of(renew(token));
	}

	/**
	 * What a request may do with a token, whose signature and expiry have been checked.
	 * @return nothing if the token has ended
	 */
	Optional<PresentedToken> accept(Jwt jwt, UserCredentials member) {
		Instant now = this.clock.instant();
		Instant signedInAt = signedInAt(jwt);
		boolean recent = now.isBefore(signedInAt.plus(RECENT));
		boolean sealed = this.seal.holds(jwt.getClaimAsString(SEAL), member.securityStamp());
		boolean kept = recent && PresentedToken.fingerprint(jwt, member.securityStamp()).equals(member.keptToken());
		return Optional.of(new PresentedToken(jwt, member.securityStamp(), signedInAt, recent, !sealed))
			.filter((token) -> sealed || kept)
			.filter((token) -> now.isBefore(signedInAt.plus(this.properties.absoluteLifetime())));
	}

	// Tokens of the version before do not say it. Nobody is asked to sign in again for
	// that, but their password is asked for where that matters.
	private static Instant signedInAt(Jwt jwt) {
		Instant said = jwt.getClaimAsInstant(SIGNED_IN_AT);
		return (said != null) ? said : issuedAt(jwt).minus(RECENT);
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
