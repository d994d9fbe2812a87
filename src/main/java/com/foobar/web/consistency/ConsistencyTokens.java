package com.foobar.web.consistency;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import com.foobar.database.ReadProperties;
import com.foobar.web.security.JwtCodec;
import com.foobar.web.security.TokenKeys;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.stereotype.Component;

/**
 * Lets visitors carry their position in the history of the database from one request to
 * the next. Signed, or anybody could make the site wait for what will never come; with an
 * end; and with a key of their own, so that none of them opens a visitor's account.
 */
@Component
class ConsistencyTokens {

	/** Stands for all that is acknowledged by the time the token is presented. */
	static final String EVERYTHING = "everything";

	// An answer carries a token twice, and proxies allow its headers 4 kB as a rule.
	private static final int LONGEST_POSITION = 700;

	// Of that, in base64 and signed.
	private static final int LONGEST = 1100;

	private static final String POSITION = "position";

	private final JwtCodec codec;

	private final Duration lifetime;

	private final MeterRegistry meters;

	ConsistencyTokens(TokenKeys keys, ConsistencyProperties properties, ReadProperties reads, MeterRegistry meters) {
		properties.outlast(reads);
		this.codec = JwtCodec.of(keys, "consistency", new JwtTimestampValidator(Duration.ofSeconds(1)));
		this.lifetime = properties.lifetime();
		this.meters = meters;
	}

	Duration lifetime() {
		return this.lifetime;
	}

	/**
	 * A token for that position, or for {@value #EVERYTHING} where that is too long to
	 * carry. Nothing if there is no position.
	 */
	Optional<String> issue(String position) {
		String carried = (position.length() <= LONGEST_POSITION) ? position : EVERYTHING;
		return position.isEmpty() ? Optional.empty() : Optional.of(encode(carried));
	}

	private String encode(String position) {
		Instant now = Instant.now();
		JwtClaimsSet claims = JwtClaimsSet.builder()
			.claim(POSITION, position)
			.expiresAt(now.plus(this.lifetime))
			.build();
		return this.codec.encode(claims);
	}

	/**
	 * The position that a token stands for. Nothing if it is not ours or too old: then it
	 * is as if there were none.
	 */
	Optional<String> read(String token) {
		Optional<String> position = (token.length() <= LONGEST) ? decode(token) : Optional.empty();
		this.meters.counter("consistency.tokens", "outcome", position.isPresent() ? "accepted" : "ignored").increment();
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
