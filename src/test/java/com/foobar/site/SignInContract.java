package com.foobar.site;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.jsoup.Connection;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;

import static com.foobar.ApiResponses.assertError;
import static com.foobar.ApiResponses.token;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests how users sign in, how long a sign-in lasts, and what ends it. */
abstract class SignInContract extends SiteContract {

	@Test
	void signInReturnsATokenForAllAuthorizationSchemes() {
		register();
		String token = token(post("/api/users/login",
				Map.of("user",
						Map.of("email", this.name.toUpperCase(Locale.ROOT) + "@example.com", "password", "password1")))
			.expectStatus()
			.isOk());
		for (String scheme : List.of("Token ", "Bearer ")) {
			this.client.get()
				.uri("/api/user")
				.header("Authorization", scheme + token)
				.header("Content-Type", "application/json")
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.jsonPath("$.user.username")
				.isEqualTo(this.name);
		}
	}

	@Test
	void signInIgnoresAnInvalidToken() {
		register();
		this.client.post()
			.uri("/api/users/login")
			.header("Authorization", "Token expired")
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("user", Map.of("email", this.name + "@example.com", "password", "password1")))
			.exchange()
			.expectStatus()
			.isOk();
	}

	@Test
	void wrongPasswordAndUnknownEmailGetTheSameResponse() {
		register();
		for (String email : List.of(this.name + "@example.com", "nobody@example.com")) {
			assertError(post("/api/users/login", Map.of("user", Map.of("email", email, "password", "wrong-one"))), 401,
					"credentials", "invalid");
		}
	}

	@Test
	void invalidTokensAreRefused() {
		get("/api/user").expectHeader().valueEquals("WWW-Authenticate", "Token");
		for (String header : List.of("Token nonsense", "Token " + register() + "x", "Token", "Basic dTpw")) {
			assertError(this.client.get().uri("/api/user").header("Authorization", header).exchange(), 401, "token",
					"is missing");
		}
		assertError(post("/api/articles", article("Anonymous")), 401, "token", "is missing");
	}

	@Test
	void signInEndsAfterNinetyDaysDespiteRenewal() {
		String token = register();
		for (int i = 0; i < 8; i++) {
			this.clock.advance(Duration.ofDays(11));
			token = token(currentUser(token));
		}
		this.clock.advance(Duration.ofDays(1));
		token = token(currentUser(token));
		this.clock.advance(Duration.ofDays(1));
		assertError(currentUser(token), 401, "token", "is missing");
	}

	@Test
	void keptTokenEndsAQuarterOfAnHourAfterItsSignInAndIsNotRenewed() {
		String token = register();
		String phone = token(signIn("password1"));
		this.clock.advance(Duration.ofMinutes(1));
		String successor = token(changeUser(token, Map.of("password", "password2")));
		assertError(currentUser(phone), 401, "token", "is missing");
		assertThat(token(currentUser(token))).isEqualTo(token);
		assertThat(token(changeUser(token, Map.of("bio", "Still here")))).isEqualTo(token);
		this.clock.advance(Duration.ofMinutes(13));
		assertThat(token(currentUser(token))).isEqualTo(token);
		this.clock.advance(Duration.ofMinutes(1));
		assertError(currentUser(token), 401, "token", "is missing");
		assertError(changeUser(token, Map.of("bio", "A thief")), 401, "token", "is missing");
		currentUser(successor).expectStatus().isOk();
	}

	@Test
	void nextPasswordChangeRevokesTheKeptToken() {
		String token = register();
		String successor = token(changeUser(token, Map.of("password", "password2")));
		changeUser(successor, Map.of("password", "password3")).expectStatus().isOk();
		assertError(currentUser(token), 401, "token", "is missing");
		currentUser(successor).expectStatus().isOk();
	}

	@Test
	void keptTokenChangesThePasswordUntilItsSuccessorDoes() {
		String copy = register();
		String successor = token(changeUser(copy, Map.of("password", "password2")));
		String another = token(changeUser(copy, Map.of("password", "password3")));
		assertError(currentUser(successor), 401, "token", "is missing");
		token(changeUser(another, Map.of("password", "password4")));
		assertError(changeUser(copy, Map.of("password", "password5")), 401, "token", "is missing");
	}

	@Test
	void tokenOfAnOldSignInIsNotKept() {
		String token = register();
		this.clock.advance(Duration.ofMinutes(16));
		String successor = token(changeUser(token, Map.of("password", "password2", "currentPassword", "password1")));
		assertError(currentUser(token), 401, "token", "is missing");
		currentUser(successor).expectStatus().isOk();
	}

	@Test
	void newEmailRevokesNoToken() {
		String token = register();
		String phone = token(signIn("password1"));
		changeUser(token, Map.of("email", "new" + this.name + "@example.com")).expectStatus().isOk();
		currentUser(token).expectStatus().isOk();
		currentUser(phone).expectStatus().isOk();
	}

	@Test
	void signOutOfAllDevicesRevokesAllTokens() throws IOException {
		PageClient laptop = PageClient.register(this.port, this.name);
		PageClient tablet = new PageClient(this.port);
		tablet.press(tablet.open("/login"), "Sign in",
				Map.of("email", this.name + "@example.com", "password", "password1"));
		String app = token(signIn("password1"));
		String kept = token(changeUser(app, Map.of("password", "password2")));
		String script = token(signIn("password2"));
		PageClient phone = new PageClient(this.port);
		phone.press(phone.open("/login"), "Sign in",
				Map.of("email", this.name + "@example.com", "password", "password2"));
		phone.press(phone.open("/settings"), "Sign out of all devices, this one too");
		for (PageClient browser : List.of(laptop, tablet, phone)) {
			assertThat(browser.open("/settings").location()).endsWith("/login");
		}
		for (String ended : List.of(app, kept, script)) {
			assertError(currentUser(ended), 401, "token", "is missing");
		}
		currentUser(token(signIn("password2"))).expectStatus().isOk();
		phone.press(phone.open("/login"), "Sign in",
				Map.of("email", this.name + "@example.com", "password", "password2"));
		assertThat(phone.open("/settings").location()).endsWith("/settings");
	}

	@Test
	void otherSitesCannotSignOutOfAllDevices() throws IOException {
		PageClient visitor = PageClient.register(this.port, this.name);
		assertThat(visitor.request("/logout/everywhere").method(Connection.Method.POST).execute().statusCode())
			.isEqualTo(403);
		assertThat(visitor.open("/settings").location()).endsWith("/settings");
	}

}
