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

/** Checks the limit on the writes of one user. */
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
		Guest busy = Guest.registered(this.port, this.name);
		Document home = busy.open("/");
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
		Connection.Response page = busy.request("/article/check-the-numbers/comments")
			.data("_csrf", busy.open("/article/check-the-numbers").select("[name=_csrf]").first().val())
			.data("body", "One more")
			.method(Connection.Method.POST)
			.execute();
		assertThat(page.statusCode()).isEqualTo(429);
		assertThat(page.header("Retry-After")).matches("1[12]\\d\\d");
		assertThat(page.parse().select("main").text()).contains("Requests are too many, try again in");
		assertThat(home.title()).isEqualTo(busy.open("/").title());
		assertThat(busy.open("/article/check-the-numbers").text()).doesNotContain("One more");
	}

	@Test
	void limitAppliesToOneUser() throws IOException {
		Guest.registered(this.port, this.name);
		Guest.registered(this.port, this.name + "-other");
		for (int i = 0; i < 4; i++) {
			favorite(this.name);
		}
		favorite(this.name).expectStatus().isEqualTo(429);
		favorite(this.name + "-other").expectStatus().isOk();
	}

	@Test
	void invalidWritesCount() throws IOException {
		Guest.registered(this.port, this.name);
		for (int i = 0; i < 3; i++) {
			send(this.name, "/api/articles", Map.of()).expectStatus().isEqualTo(422);
		}
		send(this.name, "/api/articles", Map.of()).expectStatus().isEqualTo(429);
	}

	@Test
	void signOutIsNotLimited() throws IOException {
		Guest busy = Guest.registered(this.port, this.name);
		Document settings = busy.open("/settings");
		for (int i = 0; i < 3; i++) {
			favorite(this.name).expectStatus().isOk();
		}
		favorite(this.name).expectStatus().isEqualTo(429);
		Document out = busy.press(settings, "Sign out of all devices");
		assertThat(out.connection().response().statusCode()).isEqualTo(200);
		assertThat(out.select(".navbar").text()).contains("Sign in");
		signIn(busy);
		assertThat(busy.press(settings, "Or click here to logout").connection().response().statusCode()).isEqualTo(200);
		assertThat(busy.open("/").select(".navbar").text()).contains("Sign in");
	}

	private void signIn(Guest guest) throws IOException {
		Document home = guest.press(guest.open("/login"), "Sign in",
				Map.of("email", this.name + "@example.com", "password", "password1"));
		assertThat(home.select(".navbar").text()).contains("Settings");
	}

	@Test
	void previewsDoNotCount() throws IOException {
		Guest busy = Guest.registered(this.port, this.name);
		Document editor = busy.open("/editor");
		for (int i = 0; i < 4; i++) {
			Document preview = busy.press(editor, "Preview", Map.of("title", "Seen before", "body", "*Not* published"));
			assertThat(preview.select("em").text()).isEqualTo("Not");
		}
		favorite(this.name).expectStatus().isOk();
	}

	@Test
	void writesWithAnUnsupportedTypeCount() throws IOException {
		Guest.registered(this.port, this.name);
		for (int i = 0; i < 3; i++) {
			sendAnyType().expectStatus().isEqualTo(415);
		}
		sendAnyType().expectStatus().isEqualTo(429);
	}

	private RestTestClient.ResponseSpec sendAnyType() {
		return this.client.post()
			.uri("/api/articles")
			.header("Authorization", "Token " + token(this.name))
			.header("Content-Type", "application/*")
			.exchange();
	}

	private RestTestClient.ResponseSpec favorite(String who) {
		return send(who, "/api/articles/check-the-numbers/favorite", "");
	}

	private RestTestClient.ResponseSpec send(String who, String path, Object body) {
		return this.client.method(HttpMethod.POST)
			.uri(path)
			.header("Authorization", "Token " + token(who))
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange();
	}

	private String token(String who) {
		record Account(long id, String password) {
		}
		Account account = this.jdbc.sql("SELECT id, password FROM users WHERE username = :who")
			.param("who", who)
			.query(Account.class)
			.single();
		return this.tokens.issue(account.id(), account.password());
	}

}
