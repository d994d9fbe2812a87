package com.foobar;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;

import com.foobar.web.security.SignInTokens;
import com.jayway.jsonpath.JsonPath;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests which events an attack shows in Prometheus. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "foobar.token.key=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
				"foobar.login-throttle.per-account=3", "foobar.write-limit.per-account=3",
				"foobar.write-limit.window=1h" })
class SecurityMetricsTests {

	private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes();

	private static final byte[] OTHER_KEY = "fedcba9876543210fedcba9876543210".getBytes();

	private static final String SIGN_IN_FAILURES = "security_sign_in_failures_total";

	private static final String RATE_LIMITED = "security_rate_limited_total";

	private static final String FORGED = "security_tokens_rejected_total{reason=\"forged\"}";

	private static final String EXPIRED = "security_tokens_rejected_total{reason=\"expired\"}";

	@LocalServerPort
	int sitePort;

	@LocalManagementPort
	int managementPort;

	@Autowired
	SignInTokens tokens;

	@Autowired
	MeterRegistry meters;

	private final String email = UUID.randomUUID() + "@example.com";

	@Test
	void metersOfTheSiteHaveADescription() {
		assertThat(this.meters.getMeters()).extracting(Meter::getId)
			.filteredOn((meter) -> meter.getName().matches("(consistency|database|security)\\..*"))
			.hasSizeGreaterThan(10)
			.allSatisfy((meter) -> assertThat(meter.getDescription()).as(meter.getName()).isNotBlank());
	}

	@Test
	void wrongPasswordsAreCountedUntilTheLimitRefusesThem() {
		double failures = count(SIGN_IN_FAILURES);
		double limited = count(RATE_LIMITED);
		for (int i = 0; i < 3; i++) {
			signIn().expectStatus().isUnauthorized();
		}
		assertThat(count(SIGN_IN_FAILURES)).isEqualTo(failures + 3);
		assertThat(count(RATE_LIMITED)).isEqualTo(limited);
		signIn().expectStatus().isEqualTo(429);
		assertThat(count(SIGN_IN_FAILURES)).isEqualTo(failures + 3);
		assertThat(count(RATE_LIMITED)).isEqualTo(limited + 1);
	}

	@Test
	void tooManyWritesAreCounted() {
		String token = JsonPath.read(new String(post("/api/users",
				"{\"user\":{\"username\":\"metered\",\"email\":\"%s\",\"password\":\"password1\"}}"
					.formatted(this.email))
			.expectStatus()
			.isCreated()
			.expectBody()
			.returnResult()
			.getResponseBodyContent()), "$.user.token");
		double limited = count(RATE_LIMITED);
		for (int i = 0; i < 3; i++) {
			changeBio(token).expectStatus().isOk();
		}
		assertThat(count(RATE_LIMITED)).isEqualTo(limited);
		changeBio(token).expectStatus().isEqualTo(429);
		assertThat(count(RATE_LIMITED)).isEqualTo(limited + 1);
	}

	@Test
	void forgedTokensAreCounted() throws JOSEException {
		double forged = count(FORGED);
		double expired = count(EXPIRED);
		get("/api/user", token(OTHER_KEY, Instant.now().plus(Duration.ofDays(1)))).expectStatus().isUnauthorized();
		get("/api/user", token(OTHER_KEY, Instant.now().minus(Duration.ofDays(1)))).expectStatus().isUnauthorized();
		get("/api/user", "not-a-token").expectStatus().isUnauthorized();
		assertThat(count(FORGED)).isEqualTo(forged + 3);
		assertThat(count(EXPIRED)).isEqualTo(expired);
	}

	@Test
	void forgedCookieIsCounted() throws JOSEException {
		double forged = count(FORGED);
		client(this.sitePort).get()
			.uri("/")
			.header("Cookie", "sign-in=" + token(OTHER_KEY, Instant.now().plus(Duration.ofDays(1))))
			.exchange()
			.expectStatus()
			.isOk();
		assertThat(count(FORGED)).isEqualTo(forged + 1);
	}

	@Test
	void expiredAndRevokedTokensAreCountedAsExpired() throws JOSEException {
		double forged = count(FORGED);
		double expired = count(EXPIRED);
		get("/api/user", token(KEY, Instant.now().minus(Duration.ofDays(1)))).expectStatus().isUnauthorized();
		get("/api/user", this.tokens.issue(1, "the stamp before a change")).expectStatus().isUnauthorized();
		assertThat(count(EXPIRED)).isEqualTo(expired + 2);
		assertThat(count(FORGED)).isEqualTo(forged);
	}

	private static String token(byte[] key, Instant expiry) throws JOSEException {
		var token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256),
				new JWTClaimsSet.Builder().subject("1")
					.issueTime(Date.from(expiry.minus(Duration.ofDays(2))))
					.expirationTime(Date.from(expiry))
					.build());
		token.sign(new MACSigner(key));
		return token.serialize();
	}

	private RestTestClient.ResponseSpec signIn() {
		return post("/api/users/login",
				"{\"user\":{\"email\":\"%s\",\"password\":\"wrong-one\"}}".formatted(this.email));
	}

	private RestTestClient.ResponseSpec changeBio(String token) {
		return client(this.sitePort).put()
			.uri("/api/user")
			.header("Authorization", "Token " + token)
			.contentType(MediaType.APPLICATION_JSON)
			.body("{\"user\":{\"bio\":\"changed\"}}")
			.exchange();
	}

	private RestTestClient.ResponseSpec post(String path, String body) {
		return client(this.sitePort).post().uri(path).contentType(MediaType.APPLICATION_JSON).body(body).exchange();
	}

	private RestTestClient.ResponseSpec get(String path, String token) {
		return client(this.sitePort).get().uri(path).header("Authorization", "Token " + token).exchange();
	}

	// Fails if there is no such counter: a rate needs it before its first event.
	private double count(String counter) {
		String metrics = new String(client(this.managementPort).get()
			.uri("/actuator/prometheus")
			.exchange()
			.expectBody()
			.returnResult()
			.getResponseBodyContent());
		return metrics.lines()
			.filter((line) -> line.startsWith(counter + " "))
			.mapToDouble((line) -> Double.parseDouble(line.substring(counter.length() + 1)))
			.findFirst()
			.orElseThrow();
	}

	private static RestTestClient client(int port) {
		return RestTestClient.bindToServer().baseUrl("http://localhost:" + port).build();
	}

}
