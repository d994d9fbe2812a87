package com.foobar.web.consistency;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

import com.foobar.database.MySqlPair;
import com.foobar.web.ConsistencyHeaders;
import com.foobar.web.security.TokenKeys;
import com.jayway.jsonpath.JsonPath;
import com.nimbusds.jose.jwk.source.ImmutableSecret;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests how requests and responses contain the position of a visitor. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = MySqlPair.class)
@Import(ConsistencyIntegrationTests.Readings.class)
class ConsistencyIntegrationTests {

	private static final String TOKEN = ConsistencyHeaders.TOKEN;

	private static final AtomicInteger number = new AtomicInteger();

	@LocalServerPort
	int port;

	@Autowired
	ConsistencyTokens tokens;

	@Autowired
	TokenKeys keys;

	@Autowired
	MeterRegistry meters;

	private RestTestClient client;

	@BeforeEach
	void createClient() {
		this.client = RestTestClient.bindToServer().baseUrl("http://localhost:" + this.port).build();
	}

	@Test
	void apiResponsesCarryThePositionInHeaderAndCookie() {
		assertContainsPosition(register());
		assertContainsPosition(get("/api/readings"));
		assertContainsPosition(get("/api/readings/unknown"));
	}

	@Test
	void pagesOfSignedInUsersCarryThePosition() {
		assertContainsPosition(get("/", HttpHeaders.COOKIE, "sign-in=" + signInToken(register())));
	}

	private void assertContainsPosition(EntityExchangeResult<byte[]> response) {
		String token = token(response);
		assertThat(position(token)).matches("[0-9a-f-]{36}:.*");
		ResponseCookie cookie = Objects.requireNonNull(response.getResponseCookies().getFirst("consistency"));
		assertThat(cookie.getValue()).isEqualTo(token);
		assertThat(cookie.isHttpOnly()).isTrue();
		assertThat(cookie.getSameSite()).isEqualTo("Lax");
		assertThat(cookie.getPath()).isEqualTo("/");
		assertThat(cookie.getMaxAge()).isEqualTo(Duration.ofMinutes(1));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/nowhere", "/assets/favicon.svg" })
	void pagesOfAnonymousVisitorsCarryNoPosition(String path) {
		HttpHeaders headers = get(path).getResponseHeaders();
		assertThat(headers.containsHeader(TOKEN)).isFalse();
		assertThat(headers.containsHeader(HttpHeaders.SET_COOKIE)).isFalse();
	}

	@Test
	void positionIsReadFromHeaderAndCookie() {
		double accepted = count("accepted");
		String token = token(register());
		get("/api/readings", TOKEN, token);
		get("/api/readings", HttpHeaders.COOKIE, "consistency=" + token);
		assertThat(count("accepted") - accepted).isEqualTo(2);
	}

	@Test
	void invalidAndExpiredTokensAreIgnoredAndCounted() {
		String position = position(token(register()));
		String signIn = signInToken(register());
		String forged = sign(position, new SecretKeySpec(new byte[32], "HmacSHA256"), 60);
		String expired = sign(position, this.keys.first().derive("consistency"), -5);
		String oversized = sign(UUID.randomUUID() + ":1".repeat(1700), this.keys.first().derive("consistency"), 60);
		Stream.of("garbage", "a.b.c", "", forged, expired, oversized, signIn).forEach((invalid) -> {
			double ignored = count("ignored");
			long start = System.nanoTime();
			var response = get("/api/readings", TOKEN, invalid);
			assertThat(response.getStatus().value()).isEqualTo(200);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1500));
			assertThat(count("ignored") - ignored).as("[%s]", invalid).isEqualTo(1);
			assertContainsPosition(response);
		});
	}

	@Test
	void consistencyTokenIsNoSignInToken() {
		assertThat(get("/api/user", HttpHeaders.AUTHORIZATION, "Token " + token(register())).getStatus().value())
			.isEqualTo(401);
	}

	// After a failover that lost a write, a visitor who saw the write waits only once.
	@Test
	void positionThatNoServerHasIsDroppedAndCountedAsLostWrite() {
		double before = this.meters.counter("database.writes.lost").count();
		String unknown = UUID.randomUUID() + ":1-3";
		var response = get("/api/readings", TOKEN, sign(unknown, this.keys.first().derive("consistency"), 60));
		assertThat(response.getStatus().value()).isEqualTo(200);
		assertThat(this.meters.counter("database.writes.lost").count() - before).isEqualTo(1);
		assertThat(position(token(response))).doesNotContain(unknown);
	}

	@Test
	void positionThatIsTooLongIsReplacedByEverything() {
		String longest = UUID.randomUUID() + ":1".repeat(332);
		assertThat(position(this.tokens.issue(longest).orElseThrow())).isEqualTo(longest);
		String token = this.tokens.issue(longest + ":1").orElseThrow();
		assertThat(position(token)).isEqualTo(ConsistencyTokens.EVERYTHING);
		assertContainsPosition(get("/api/readings", TOKEN, token));
	}

	private EntityExchangeResult<byte[]> register() {
		String name = "consistent" + number.incrementAndGet();
		return this.client.post().uri("/api/users").contentType(MediaType.APPLICATION_JSON).body("""
				{"user": {"username": "%s", "email": "%1$s@example.com", "password": "password1"}}
				""".formatted(name)).exchange().expectStatus().isCreated().expectBody().returnResult();
	}

	private static String signInToken(EntityExchangeResult<byte[]> registered) {
		return JsonPath.read(new String(Objects.requireNonNull(registered.getResponseBody())), "$.user.token");
	}

	private EntityExchangeResult<byte[]> get(String path) {
		return this.client.get().uri(path).exchange().expectBody().returnResult();
	}

	private EntityExchangeResult<byte[]> get(String path, String header, String value) {
		return this.client.get().uri(path).header(header, value).exchange().expectBody().returnResult();
	}

	private static String token(EntityExchangeResult<byte[]> response) {
		return Objects.requireNonNull(response.getResponseHeaders().getFirst(TOKEN));
	}

	private String position(String token) {
		return this.tokens.read(token).orElseThrow();
	}

	private double count(String outcome) {
		return this.meters.counter("consistency.tokens", "outcome", outcome).count();
	}

	private static String sign(String position, SecretKey key, int secondsLeft) {
		JwtClaimsSet claims = JwtClaimsSet.builder()
			.claim("position", position)
			.expiresAt(Instant.now().plusSeconds(secondsLeft))
			.build();
		return new NimbusJwtEncoder(new ImmutableSecret<>(key))
			.encode(JwtEncoderParameters.from(JwsHeader.with(MacAlgorithm.HS256).build(), claims))
			.getTokenValue();
	}

	/** A controller that reads from the database, for the tests. */
	@RestController
	static class Readings {

		private final JdbcClient jdbc;

		Readings(JdbcClient jdbc) {
			this.jdbc = jdbc;
		}

		@GetMapping("/api/readings")
		@Transactional(readOnly = true)
		List<Integer> all() {
			return this.jdbc.sql("SELECT 1").query(Integer.class).list();
		}

		@GetMapping("/api/readings/unknown")
		@Transactional(readOnly = true)
		void unknown() {
			all();
			throw new ResponseStatusException(HttpStatus.NOT_FOUND);
		}

	}

}
