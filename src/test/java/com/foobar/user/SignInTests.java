package com.foobar.user;

import java.io.IOException;
import java.net.HttpCookie;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import org.jsoup.Connection;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static com.foobar.ApiResponses.token;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests how long a sign-in lasts, and what ends it. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = "foobar.token.key=MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")
class SignInTests {

	private static final byte[] KEY = "0123456789abcdef0123456789abcdef".getBytes();

	private static final AtomicInteger number = new AtomicInteger();

	@LocalServerPort
	int port;

	private final String name = "signer" + number.incrementAndGet();

	@Test
	void newPasswordRevokesAllTokensExceptTheRequests() {
		String phone = token(api(HttpMethod.POST, "/api/users", "", user("password1")));
		String laptop = token(api(HttpMethod.POST, "/api/users/login", "", user("password1")));
		String changed = token(api(HttpMethod.PUT, "/api/user", laptop, "{\"user\":{\"password\":\"password2\"}}"));
		api(HttpMethod.GET, "/api/user", changed, "").expectStatus().isOk();
		api(HttpMethod.GET, "/api/user", phone, "").expectStatus().isUnauthorized();
		api(HttpMethod.PUT, "/api/user", changed, "{\"user\":{\"bio\":\"The same password\"}}").expectStatus().isOk();
		api(HttpMethod.GET, "/api/user", changed, "").expectStatus().isOk();
	}

	@Test
	void newPasswordSignsOutOtherBrowsers() throws IOException {
		Connection laptop = browser();
		Connection phone = browser();
		register(laptop);
		submit(open(phone, "/login"), Map.of("email", this.name + "@example.com", "password", "password1"));
		assertThat(open(phone, "/settings").location()).endsWith("/settings");
		submit(open(laptop, "/settings"), Map.of("password", "password2"));
		assertThat(open(laptop, "/settings").location()).endsWith("/settings");
		assertThat(open(phone, "/settings").location()).endsWith("/login");
		assertThat(phone.cookieStore().getCookies()).noneMatch((cookie) -> cookie.getName().equals("sign-in"));
	}

	@Test
	void repeatedPasswordFormKeepsTheSignIn() throws IOException {
		Connection visitor = browser();
		register(visitor);
		Document form = open(visitor, "/settings");
		Map<String, String> cookies = visitor.cookieStore()
			.getCookies()
			.stream()
			.collect(Collectors.toMap(HttpCookie::getName, HttpCookie::getValue));
		submit(form, Map.of("password", "password2"));
		Connection.Response second = browser().newRequest(url("/settings"))
			.method(Connection.Method.POST)
			.followRedirects(false)
			.data(form.select("main form").forms().getFirst().formData())
			.cookies(cookies)
			.execute();
		assertThat(second.header("Location")).isEqualTo("/login");
		assertThat(second.headers("Set-Cookie")).noneMatch((cookie) -> cookie.startsWith("sign-in="));
		assertThat(open(visitor, "/settings").location()).endsWith("/settings");
	}

	@Test
	void tokenWithoutSealIsInvalid() throws Exception {
		String token = token(api(HttpMethod.POST, "/api/users", "", user("password1")));
		api(HttpMethod.GET, "/api/user", aged(token, Duration.ZERO, "seal"), "").expectStatus().isOk();
		api(HttpMethod.GET, "/api/user", aged(token, Duration.ZERO, "nothing"), "").expectStatus().isUnauthorized();
	}

	@Test
	void visitsRenewTheSignInBeforeItExpires() throws Exception {
		String token = token(api(HttpMethod.POST, "/api/users", "", user("password1")));
		assertThat(cookies("/", aged(token, Duration.ofDays(1), "seal"))).isEmpty();
		List<String> renewed = cookies("/", aged(token, Duration.ofDays(2), "seal"));
		assertThat(renewed).singleElement().asString().contains("Max-Age=1209600");
		String fresh = renewed.getFirst().replaceAll("sign-in=([^;]*);.*", "$1");
		api(HttpMethod.GET, "/api/user", fresh, "").expectStatus().isOk();
		assertThat(cookies("/", fresh)).isEmpty();
		assertThat(cookies("/", aged(token, Duration.ofDays(15), "seal"))).singleElement()
			.asString()
			.contains("Max-Age=0");
	}

	@Test
	void apiRenewsTheTokenWithTheUser() throws Exception {
		String token = token(api(HttpMethod.POST, "/api/users", "", user("password1")));
		String old = aged(token, Duration.ofDays(13), "seal");
		String fresh = token(api(HttpMethod.GET, "/api/user", old, ""));
		assertThat(SignedJWT.parse(fresh).getJWTClaimsSet().getIssueTime())
			.isAfter(Instant.now().minus(Duration.ofHours(1)));
	}

	// Returns a copy of the token that was issued and expires earlier by the given age.
	// The named claim contains the hash of the security stamp.
	private static String aged(String token, Duration age, String claimName) throws Exception {
		JWTClaimsSet claims = SignedJWT.parse(token).getJWTClaimsSet();
		var aged = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256),
				new JWTClaimsSet.Builder().subject(claims.getSubject())
					.issueTime(Date.from(claims.getIssueTime().toInstant().minus(age)))
					.expirationTime(Date.from(claims.getExpirationTime().toInstant().minus(age)))
					.claim(claimName, claims.getClaim("seal"))
					.build());
		aged.sign(new MACSigner(KEY));
		return aged.serialize();
	}

	@Test
	void formTokenLivesAsLongAsASignIn() throws IOException {
		Connection visitor = browser();
		register(visitor);
		for (String path : List.of("/settings", "/login", "/register")) {
			Connection.Response page = visitor.newRequest(url(path)).execute();
			assertThat(page.headers("Set-Cookie")).filteredOn((cookie) -> cookie.startsWith("csrf="))
				.singleElement()
				.asString()
				.contains("Max-Age=1209600");
		}
	}

	@Test
	void cookiesAreHttpOnlyAndSameSite() throws IOException {
		Connection visitor = browser();
		Document form = open(visitor, "/register");
		FormElement filled = form.select("main form").forms().getFirst();
		filled.select("[name=username]").val(this.name);
		filled.select("[name=email]").val(this.name + "@example.com");
		filled.select("[name=password]").val("password1");
		Connection.Response home = filled.submit().followRedirects(false).execute();
		assertThat(home.headers("Set-Cookie")).singleElement()
			.asString()
			.startsWith("sign-in=")
			.contains("Path=/", "HttpOnly", "SameSite=Lax")
			.doesNotContain("Secure", "Domain");
	}

	@Test
	void ignoresForgedForwardedAddresses() {
		api(HttpMethod.POST, "/api/users", "", user("password1")).expectStatus().isCreated();
		for (int i = 0; i <= 10; i++) {
			RestTestClient.bindToServer()
				.baseUrl(url(""))
				.build()
				.post()
				.uri("/api/users/login")
				.header("X-Forwarded-For", "192.0.2." + i)
				.contentType(MediaType.APPLICATION_JSON)
				.body(user("wrong-one"))
				.exchange()
				.expectStatus()
				.isEqualTo((i < 10) ? 401 : 429);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/login", "/register", "/settings" })
	void passwordPagesAreNotCached(String path) throws IOException {
		Connection visitor = browser();
		if (path.equals("/settings")) {
			register(visitor);
		}
		assertThat(visitor.newRequest(url(path)).execute().header("Cache-Control")).contains("no-store");
	}

	private List<String> cookies(String path, String token) throws IOException {
		return Jsoup.newSession()
			.newRequest(url(path))
			.cookie("sign-in", token)
			.execute()
			.headers("Set-Cookie")
			.stream()
			.filter((cookie) -> cookie.startsWith("sign-in="))
			.toList();
	}

	private static Connection browser() {
		return Jsoup.newSession().ignoreHttpErrors(true);
	}

	private void register(Connection browser) throws IOException {
		submit(open(browser, "/register"),
				Map.of("username", this.name, "email", this.name + "@example.com", "password", "password1"));
	}

	private Document open(Connection browser, String path) throws IOException {
		return browser.newRequest(url(path)).get();
	}

	private static Document submit(Document page, Map<String, String> fields) throws IOException {
		FormElement form = page.select("main form").forms().getFirst();
		fields.forEach((field, value) -> form.select("[name=" + field + "]").val(value));
		return form.submit().execute().parse();
	}

	private Map<?, ?> user(String password) {
		return Map.of("user", Map.of("username", this.name, "email", this.name + "@example.com", "password", password));
	}

	private RestTestClient.ResponseSpec api(HttpMethod method, String path, String token, Object body) {
		return RestTestClient.bindToServer()
			.baseUrl(url(""))
			.build()
			.method(method)
			.uri(path)
			.header("Authorization", "Token " + token)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange();
	}

	private String url(String path) {
		return "http://localhost:" + this.port + path;
	}

}
