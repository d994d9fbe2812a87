package com.foobar.web.consistency;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

import com.foobar.database.ReadProperties;
import com.foobar.web.security.JwtCodec;
import com.foobar.web.security.TokenKeys;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.stereotype.Component;

/**
 * Issues and reads the tokens that carry a visitor's position from one request to the
 * next. A token is signed, because a forged position could make the site wait for
 * transactions that do not exist. It expires after {@code foobar.consistency.lifetime}.
 * Its key is derived for this purpose, so it is not accepted as a sign-in token. Safe for
 * use by several threads.
 */
@Component
class ConsistencyTokens {

	/** Position for everything acknowledged by the time the token is presented. */
	static final String EVERYTHING = "everything";

	// In characters. A response carries a token twice, and proxies usually allow 4 kB of
	// headers.
	private static final int MAX_POSITION_LENGTH = 700;

	// In characters: the longest position, in base64 and signed.
	private static final int MAX_TOKEN_LENGTH = 1100;

	private static final String POSITION = "position";

	private final JwtCodec codec;

	private final Duration lifetime;

	private final MeterRegistry meters;

	private final Clock clock;

	ConsistencyTokens(TokenKeys keys, ConsistencyProperties properties, ReadProperties readProperties,
			MeterRegistry meters, Clock clock) {
		properties.checkAgainst(readProperties);
		var expiry = new JwtTimestampValidator(Duration.ofSeconds(1));
		expiry.setClock(clock);
		this.codec = JwtCodec.of(keys, "consistency", expiry);
		this.lifetime = properties.lifetime();
		this.meters = meters;
		this.clock = clock;
	}

	Duration lifetime() {
		return this.lifetime;
	}

	/**
	 * Issues a token for a position, or for {@value #EVERYTHING} if the position is too
	 * long. Returns nothing if the position is empty.
	 */
	Optional<String> issue(String position) {
		String claim = (position.length() <= MAX_POSITION_LENGTH) ? position : EVERYTHING;
		return position.isEmpty() ? Optional.empty() : Optional.of(encode(claim));
	}

	private String encode(String position) {
		JwtClaimsSet claims = JwtClaimsSet.builder()
			.claim(POSITION, position)
			.expiresAt(this.clock.instant().plus(this.lifetime))
			.build();
		return this.codec.encode(claims);
	}

	/**
	 * Returns the position of a token. Returns nothing if the signature is wrong or the
	 * token has expired, as if the request carried none.
	 */
	Optional<String> read(String token) {
		Optional<String> position = (token.length() <= MAX_TOKEN_LENGTH) ? decode(token) : Optional.empty();
		Counter.builder("consistency.tokens")
			.description("Consistency tokens of requests; ignored are those that are forged or have expired")
			.tag("outcome", position.isPresent() ? "accepted" : "ignored")
			.register(this.meters)
			.increment();
		return position;
	}

	private Optional<String> decode(String token) {
		try {
			Jwt jwt = this.codec.decoder().decode(token);
			return Optional.ofNullable(jwt.getClaimAsString(POSITION));
		}
		catch (JwtException ex) {
			return Optional.empty();
		}
	}

}
