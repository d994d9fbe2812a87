package com.foobar.user;

import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import org.jsoup.Connection;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests sign-ins over https behind a proxy. The test itself sends the header
 * X-Forwarded-For, as the proxy does.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "foobar.site.url=https://www.foobar.com", "server.forward-headers-strategy=native",
				"server.tomcat.remoteip.internal-proxies=127.0.0.1/32", "foobar.login-throttle.per-account=3",
				"foobar.password.timeout=20s" })
class AccountsTests {

	private static final AtomicInteger number = new AtomicInteger();

	@LocalServerPort
	int port;

	@Autowired
	JdbcClient jdbc;

	private final int id = number.incrementAndGet();

	private final String email = "member%d@example.com".formatted(this.id);

	private final String address = "192.0.2." + this.id;

	@ParameterizedTest
	@ValueSource(strings = { "password1", "wrong-one" })
	void throttlesGuessesWhetherTheAccountExistsOrNot(String password) {
		register();
		for (String email : List.of(this.email, "nobody" + this.email)) {
			for (int i = 0; i < 3; i++) {
				signIn(email, "wrong-one", this.address).expectStatus().isUnauthorized();
			}
			signIn(email, password, this.address).expectStatus()
				.isEqualTo(429)
				.expectHeader()
				.value("Retry-After", (wait) -> assertThat(Integer.parseInt(wait)).isBetween(1, 100))
				.expectBody()
				.json("{\"errors\": {\"attempts\": [\"are too many, try again in 2 minutes\"]}}");
		}
	}

	@Test
	void strangersCannotLockOutTheOwner() {
		register();
		for (int i = 0; i < 5; i++) {
			signIn(this.email, "wrong-one", this.address);
		}
		signIn(this.email, "password1", "198.51.100." + this.id).expectStatus().isOk();
	}

	@Test
	void throttledFormTellsWhenToRetryAndKeepsTheEmail() throws IOException {
		for (int i = 0; i < 3; i++) {
			signIn(this.email, "wrong-one", this.address);
		}
		Connection.Response page = submit("/login", Map.of("email", this.email, "password", "wrong-one"));
		assertThat(page.statusCode()).isEqualTo(429);
		assertThat(page.header("Retry-After")).isNotEmpty();
		Document form = page.parse();
		assertThat(form.select("ul.error-messages li").eachText())
			.containsExactly("Too many attempts. Please try again in 2 minutes.");
		assertThat(form.select("input[name=email]").val()).isEqualTo(this.email);
		assertThat(form.select("input[name=password]").val()).isEmpty();
	}

	@Test
	void signInRehashesAnOutdatedHash() {
		register();
		this.jdbc.sql("UPDATE users SET password = :cheaper WHERE email = :email")
			.param("cheaper", Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8().encode("password1"))
			.param("email", this.email)
			.update();
		signIn(this.email, "wrong-one", this.address).expectStatus().isUnauthorized();
		assertThat(hash()).contains("m=16384");
		signIn(this.email, "password1", this.address).expectStatus().isOk();
		assertThat(hash()).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
		signIn(this.email, "password1", this.address).expectStatus().isOk();
	}

	@Test
	void concurrentSignInsStoreOneNewHash() throws Exception {
		register();
		this.jdbc.sql("UPDATE users SET password = :cheaper WHERE email = :email")
			.param("cheaper", Argon2PasswordEncoder.defaultsForSpringSecurity_v5_8().encode("password1"))
			.param("email", this.email)
			.update();
		Callable<String> signIn = () -> new String(signIn(this.email, "password1", this.address).expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBodyContent());
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (Future<String> response : threads.invokeAll(Collections.nCopies(3, signIn))) {
				client().get()
					.uri("/api/user")
					.header("Authorization", "Token " + JsonPath.<String>read(response.get(), "$.user.token"))
					.exchange()
					.expectStatus()
					.isOk();
			}
		}
	}

	@Test
	void cookiesAreSecureOverHttps() throws IOException {
		Connection.Response page = form("/register", this.address);
		Connection.Response home = submit(page,
				Map.of("username", "member" + this.id, "email", this.email, "password", "password1"));
		assertThat(home.headers("Set-Cookie")).singleElement()
			.asString()
			.startsWith("__Host-sign-in=")
			.contains("Path=/", "Secure", "HttpOnly", "SameSite=Lax")
			.doesNotContain("Domain");
		assertThat(page.headers("Set-Cookie")).singleElement()
			.asString()
			.startsWith("__Host-csrf=")
			.contains("Path=/", "Secure", "HttpOnly", "SameSite=Lax")
			.doesNotContain("Domain");
	}

	@Test
	void readsStayFastDuringManySignIns() throws Exception {
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			for (int i = 0; i < 100; i++) {
				String otherEmail = "stranger%d@example.com".formatted(i);
				threads.submit(() -> signIn(otherEmail, "wrong-one", "203.0.113." + this.id));
			}
			List<Duration> reads = Stream.generate(this::read).limit(21).sorted().toList();
			System.out.printf("One read during 100 sign-ins: median %d ms, longest %d ms%n", reads.get(10).toMillis(),
					reads.getLast().toMillis());
			assertThat(reads.get(10)).isLessThan(Duration.ofSeconds(1));
			threads.shutdownNow();
		}
	}

	private Duration read() {
		long start = System.nanoTime();
		client().get().uri("/").exchange().expectStatus().isOk();
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private void register() {
		post("/api/users", this.address,
				Map.of("username", "member" + this.id, "email", this.email, "password", "password1"))
			.expectStatus()
			.isCreated();
	}

	private RestTestClient.ResponseSpec signIn(String email, String password, String address) {
		return post("/api/users/login", address, Map.of("email", email, "password", password));
	}

	private RestTestClient.ResponseSpec post(String path, String address, Map<String, String> user) {
		return client().post()
			.uri(path)
			.header("X-Forwarded-For", address)
			.header("Idempotency-Key", UUID.randomUUID().toString())
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("user", user))
			.exchange();
	}

	private RestTestClient client() {
		return RestTestClient.bindToServer().baseUrl(url("")).build();
	}

	private String hash() {
		return this.jdbc.sql("SELECT password FROM users WHERE email = :email")
			.param("email", this.email)
			.query(String.class)
			.single();
	}

	private Connection.Response submit(String path, Map<String, String> fields) throws IOException {
		return submit(form(path, this.address), fields);
	}

	private Connection.Response form(String path, String address) throws IOException {
		return Jsoup.connect(url(path)).header("X-Forwarded-For", address).execute();
	}

	// Sends the cookie even if it is Secure. A browser would not send it over plain http.
	private Connection.Response submit(Connection.Response page, Map<String, String> fields) throws IOException {
		FormElement form = page.parse().select("main form").forms().getFirst();
		fields.forEach((field, value) -> form.select("[name=" + field + "]").val(value));
		return Jsoup.newSession()
			.newRequest(form.absUrl("action"))
			.method(Connection.Method.POST)
			.header("X-Forwarded-For", this.address)
			.ignoreHttpErrors(true)
			.followRedirects(false)
			.data(form.formData())
			.header("Cookie", page.headers("Set-Cookie").getFirst().replaceAll(";.*", ""))
			.execute();
	}

	private String url(String path) {
		return "http://127.0.0.1:" + this.port + path;
	}

}
