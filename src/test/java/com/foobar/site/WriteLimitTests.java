package com.foobar.site;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.foobar.web.security.SignInTokens;
import org.jsoup.Connection;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests the limit on the number of writes by one user. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "foobar.write-limit.per-account=3", "foobar.write-limit.window=1h" })
@AutoConfigureRestTestClient
@Import(ApiDescriptionCheck.class)
class WriteLimitTests {

	private static final AtomicInteger number = new AtomicInteger();

	@Autowired
	RestTestClient client;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	SignInTokens tokens;

	@LocalServerPort
	int port;

	private final String name = "busy" + number.incrementAndGet();

	@Test
	void tooManyWritesGet429FromTheApiAndThePages() throws IOException {
		PageClient user = PageClient.register(this.port, this.name);
		Document home = user.open("/");
		for (int i = 0; i < 3; i++) {
			favorite(this.name).expectStatus().isOk();
		}
		favorite(this.name).expectStatus()
			.isEqualTo(429)
			.expectHeader()
			.valueMatches("Retry-After", "1[12]\\d\\d")
			.expectBody()
			.jsonPath("$.errors.requests[0]")
			.value(String.class, (reason) -> assertThat(reason).matches("are too many, try again in 1[12]\\d\\d s"));
		Connection.Response page = user.request("/article/check-the-numbers/comments")
			.data("_csrf", user.open("/article/check-the-numbers").select("[name=_csrf]").first().val())
			.data("body", "One more")
			.method(Connection.Method.POST)
			.execute();
		assertThat(page.statusCode()).isEqualTo(429);
		assertThat(page.header("Retry-After")).matches("1[12]\\d\\d");
		assertThat(page.parse().select("main").text()).contains("Requests are too many, try again in");
		assertThat(home.title()).isEqualTo(user.open("/").title());
		assertThat(user.open("/article/check-the-numbers").text()).doesNotContain("One more");
	}

	@Test
	void limitAppliesToOneUser() throws IOException {
		PageClient.register(this.port, this.name);
		PageClient.register(this.port, this.name + "-other");
		for (int i = 0; i < 4; i++) {
			favorite(this.name);
		}
		favorite(this.name).expectStatus().isEqualTo(429);
		favorite(this.name + "-other").expectStatus().isOk();
	}

	@Test
	void invalidWritesCount() throws IOException {
		PageClient.register(this.port, this.name);
		for (int i = 0; i < 3; i++) {
			send(this.name, "/api/articles", Map.of()).expectStatus().isEqualTo(422);
		}
		send(this.name, "/api/articles", Map.of()).expectStatus().isEqualTo(429);
	}

	@Test
	void signOutIsNotLimited() throws IOException {
		PageClient user = PageClient.register(this.port, this.name);
		Document settings = user.open("/settings");
		for (int i = 0; i < 3; i++) {
			favorite(this.name).expectStatus().isOk();
		}
		favorite(this.name).expectStatus().isEqualTo(429);
		Document signedOut = user.press(settings, "Sign out of all devices");
		assertThat(signedOut.connection().response().statusCode()).isEqualTo(200);
		assertThat(signedOut.select(".navbar").text()).contains("Sign in");
		signIn(user);
		assertThat(user.press(settings, "Or click here to logout").connection().response().statusCode()).isEqualTo(200);
		assertThat(user.open("/").select(".navbar").text()).contains("Sign in");
	}

	private void signIn(PageClient visitor) throws IOException {
		Document home = visitor.press(visitor.open("/login"), "Sign in",
				Map.of("email", this.name + "@example.com", "password", "password1"));
		assertThat(home.select(".navbar").text()).contains("Settings");
	}

	@Test
	void previewsDoNotCount() throws IOException {
		PageClient user = PageClient.register(this.port, this.name);
		Document editor = user.open("/editor");
		for (int i = 0; i < 4; i++) {
			Document preview = user.press(editor, "Preview", Map.of("title", "Seen before", "body", "*Not* published"));
			assertThat(preview.select("em").text()).isEqualTo("Not");
		}
		favorite(this.name).expectStatus().isOk();
	}

	@Test
	void writesWithAnUnsupportedTypeCount() throws IOException {
		PageClient.register(this.port, this.name);
		for (int i = 0; i < 3; i++) {
			sendUnsupportedType().expectStatus().isEqualTo(415);
		}
		sendUnsupportedType().expectStatus().isEqualTo(429);
	}

	private RestTestClient.ResponseSpec sendUnsupportedType() {
		return this.client.post()
			.uri("/api/articles")
			.header("Authorization", "Token " + token(this.name))
			.header("Content-Type", "application/*")
			.exchange();
	}

	private RestTestClient.ResponseSpec favorite(String username) {
		return send(username, "/api/articles/check-the-numbers/favorite", "");
	}

	private RestTestClient.ResponseSpec send(String username, String path, Object body) {
		return this.client.method(HttpMethod.POST)
			.uri(path)
			.header("Authorization", "Token " + token(username))
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange();
	}

	private String token(String username) {
		record Account(long id, String password) {
		}
		Account account = this.jdbc.sql("SELECT id, password FROM users WHERE username = :who")
			.param("who", username)
			.query(Account.class)
			.single();
		return this.tokens.issue(account.id(), account.password());
	}

}
