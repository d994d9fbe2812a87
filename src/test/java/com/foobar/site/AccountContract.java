package com.foobar.site;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.jayway.jsonpath.JsonPath;
import org.jsoup.Connection;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks how long a sign-in lasts, what ends it, and which changes need the password. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
@Import({ ApiDescriptionCheck.class, MovableClock.Configuration.class })
abstract class AccountContract {

	private static final String NEEDED = "is needed to change your email or password, since you signed in a while ago";

	private static final AtomicInteger number = new AtomicInteger();

	@Autowired
	RestTestClient client;

	@Autowired
	MovableClock clock;

	@LocalServerPort
	int port;

	private final String name = "holder" + number.incrementAndGet();

	/** The number of instances: each counts failed sign-ins separately. */
	int instances() {
		return 1;
	}

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	@Test
	void passwordChangesSeveralTimesInOneSignIn() {
		String token = register();
		for (String password : List.of("exactly8", "0123456789abcdef".repeat(4))) {
			change(token, Map.of("password", password)).expectStatus().isOk();
			signIn(password).expectStatus().isOk();
		}
		current(token).expectStatus().isOk();
		error(signIn("password1"), 401, "credentials", "invalid");
		error(signIn("exactly8"), 401, "credentials", "invalid");
	}

	@Test
	void keptTokenEndsAQuarterOfAnHourAfterItsSignInAndIsNotRenewed() {
		String token = register();
		String phone = token(signIn("password1"));
		this.clock.pass(Duration.ofMinutes(1));
		String successor = token(change(token, Map.of("password", "password2")));
		error(current(phone), 401, "token", "is missing");
		assertThat(token(current(token))).isEqualTo(token);
		assertThat(token(change(token, Map.of("bio", "Still here")))).isEqualTo(token);
		this.clock.pass(Duration.ofMinutes(13));
		assertThat(token(current(token))).isEqualTo(token);
		this.clock.pass(Duration.ofMinutes(1));
		error(current(token), 401, "token", "is missing");
		error(change(token, Map.of("bio", "A thief")), 401, "token", "is missing");
		current(successor).expectStatus().isOk();
	}

	@Test
	void nextPasswordChangeRevokesTheKeptToken() {
		String token = register();
		String successor = token(change(token, Map.of("password", "password2")));
		change(successor, Map.of("password", "password3")).expectStatus().isOk();
		error(current(token), 401, "token", "is missing");
		current(successor).expectStatus().isOk();
	}

	@Test
	void tokenOfAnOldSignInIsNotKept() {
		String token = register();
		this.clock.pass(Duration.ofMinutes(16));
		String successor = token(change(token, Map.of("password", "password2", "currentPassword", "password1")));
		error(current(token), 401, "token", "is missing");
		current(successor).expectStatus().isOk();
	}

	@Test
	void newEmailAndPasswordNeedTheCurrentPasswordAfterAWhile() {
		String token = register();
		this.clock.pass(Duration.ofMinutes(15));
		for (var change : List.of(Map.of("email", "new" + this.name + "@example.com"), Map.of("password", "password2"),
				Map.of("password", "password2", "currentPassword", ""))) {
			error(change(token, change), 422, "currentPassword", NEEDED);
			var wrong = new HashMap<>(change);
			wrong.put("currentPassword", "wrong-one");
			error(change(token, wrong), 422, "currentPassword", "is wrong");
		}
		signIn("password1").expectStatus().isOk();
		change(token, Map.of("bio", "Nothing to do with it", "email", this.name + "@example.com")).expectStatus()
			.isOk();
		var both = Map.of("email", "new" + this.name + "@example.com", "password", "password2");
		var proven = new HashMap<>(both);
		proven.put("currentPassword", "password1");
		change(token, proven).expectStatus().isOk();
	}

	@Test
	void renewedTokenKeepsTheTimeOfItsSignIn() {
		String token = register();
		this.clock.pass(Duration.ofMinutes(14));
		String renewed = token(current(token));
		this.clock.pass(Duration.ofMinutes(1));
		error(change(renewed, Map.of("password", "password2")), 422, "currentPassword", NEEDED);
	}

	@Test
	void givenPasswordSufficesForAQuarterOfAnHour() {
		String token = register();
		this.clock.pass(Duration.ofDays(1));
		String successor = token(
				change(token, Map.of("email", "1" + this.name + "@example.com", "currentPassword", "password1")));
		change(successor, Map.of("password", "password2")).expectStatus().isOk();
		error(change(token, Map.of("password", "password3")), 401, "token", "is missing");
	}

	@Test
	void newEmailRevokesNoToken() {
		String token = register();
		String phone = token(signIn("password1"));
		change(token, Map.of("email", "new" + this.name + "@example.com")).expectStatus().isOk();
		current(token).expectStatus().isOk();
		current(phone).expectStatus().isOk();
	}

	@Test
	void wrongCurrentPasswordsCountAsFailedSignIns() {
		String token = register();
		this.clock.pass(Duration.ofMinutes(15));
		var guess = Map.of("password", "password2", "currentPassword", "wrong-one");
		for (int i = 0; i < 10 * instances(); i++) {
			error(change(token, guess), 422, "currentPassword", "is wrong");
		}
		change(token, guess).expectStatus().isEqualTo(429).expectHeader().exists("Retry-After");
		signIn("password1").expectStatus().isEqualTo(429);
	}

	@Test
	void repeatedChangeAfterARecentSignInGetsTheRecordedResponse() {
		String token = register();
		var change = Map.of("password", "password2", "currentPassword", "password1");
		String first = token(keyed(token, change));
		var again = keyed(token, change).expectHeader().valueEquals("Idempotency-Replayed", "true");
		assertThat(token(again)).isEqualTo(first);
	}

	@Test
	void repeatedChangeAfterAnOldSignInGets401() {
		String token = register();
		this.clock.pass(Duration.ofMinutes(16));
		var change = Map.of("password", "password2", "currentPassword", "password1");
		token(keyed(token, change));
		error(keyed(token, change), 401, "token", "is missing");
		signIn("password2").expectStatus().isOk();
	}

	@Test
	void keptTokenChangesThePasswordUntilItsSuccessorDoes() {
		String copy = register();
		String successor = token(change(copy, Map.of("password", "password2")));
		String another = token(change(copy, Map.of("password", "password3")));
		error(current(successor), 401, "token", "is missing");
		token(change(another, Map.of("password", "password4")));
		error(change(copy, Map.of("password", "password5")), 401, "token", "is missing");
	}

	@Test
	void signInEndsAfterNinetyDaysDespiteRenewal() {
		String token = register();
		for (int i = 0; i < 8; i++) {
			this.clock.pass(Duration.ofDays(11));
			token = token(current(token));
		}
		this.clock.pass(Duration.ofDays(1));
		token = token(current(token));
		this.clock.pass(Duration.ofDays(1));
		error(current(token), 401, "token", "is missing");
	}

	@Test
	void signOutOfAllDevicesRevokesAllTokens() throws IOException {
		Guest here = Guest.registered(this.port, this.name);
		Guest there = new Guest(this.port);
		there.press(there.open("/login"), "Sign in",
				Map.of("email", this.name + "@example.com", "password", "password1"));
		String app = token(signIn("password1"));
		String kept = token(change(app, Map.of("password", "password2")));
		String script = token(signIn("password2"));
		Guest phone = new Guest(this.port);
		phone.press(phone.open("/login"), "Sign in",
				Map.of("email", this.name + "@example.com", "password", "password2"));
		phone.press(phone.open("/settings"), "Sign out of all devices, this one too");
		for (Guest browser : List.of(here, there, phone)) {
			assertThat(browser.open("/settings").location()).endsWith("/login");
		}
		for (String ended : List.of(app, kept, script)) {
			error(current(ended), 401, "token", "is missing");
		}
		current(token(signIn("password2"))).expectStatus().isOk();
		phone.press(phone.open("/login"), "Sign in",
				Map.of("email", this.name + "@example.com", "password", "password2"));
		assertThat(phone.open("/settings").location()).endsWith("/settings");
	}

	@Test
	void otherSitesCannotSignOutOfAllDevices() throws IOException {
		Guest visitor = Guest.registered(this.port, this.name);
		assertThat(visitor.request("/logout/everywhere").method(Connection.Method.POST).execute().statusCode())
			.isEqualTo(403);
		assertThat(visitor.open("/settings").location()).endsWith("/settings");
	}

	@Test
	void settingsAskForTheCurrentPasswordOnlyWhenItIsNeeded() throws IOException {
		Guest visitor = Guest.registered(this.port, this.name);
		Document fresh = visitor.open("/settings");
		assertThat(fresh.select("[name=currentPassword]")).isEmpty();
		this.clock.pass(Duration.ofMinutes(15));
		assertThat(visitor.open("/settings").select("[name=currentPassword]")).singleElement()
			.returns("current-password", (field) -> field.attr("autocomplete"))
			.returns(false, (field) -> field.hasAttr("required"));
		Document late = visitor.press(fresh, "Update Settings", Map.of("bio", "Kept", "password", "password2"));
		assertThat(error(late))
			.isEqualTo("Current password is needed to change your email or password, since you signed in a while ago.");
		assertThat(late.select("textarea[name=bio]").val()).isEqualTo("Kept");
		Document wrong = visitor.press(late, "Update Settings",
				Map.of("password", "password2", "currentPassword", "wrong-one"));
		assertThat(error(wrong)).isEqualTo("Current password is wrong.");
		assertThat(wrong.select("[type=password]")).allSatisfy((field) -> assertThat(field.val()).isEmpty());
		Document profile = visitor.press(wrong, "Update Settings",
				Map.of("password", "password2", "currentPassword", "password1"));
		assertThat(profile.location()).endsWith("/profile/" + this.name);
		assertThat(visitor.open("/settings").select("[name=currentPassword]")).isEmpty();
		signIn("password2").expectStatus().isOk();
	}

	@Test
	void settingsWithoutCredentialsNeedNoPassword() throws IOException {
		Guest visitor = Guest.registered(this.port, this.name);
		this.clock.pass(Duration.ofDays(1));
		Document profile = visitor.press(visitor.open("/settings"), "Update Settings",
				Map.of("bio", "Told a day later", "currentPassword", "filled in by a browser"));
		assertThat(profile.select(".user-info p").text()).isEqualTo("Told a day later");
	}

	// Returns the error message that a screen reader reads with the field.
	private static String error(Document page) {
		Element field = page.expectFirst("[name=currentPassword][aria-invalid=true]");
		String description = field.attr("aria-describedby").split(" ")[0];
		return page.expectFirst("#" + description).text();
	}

	private String register() {
		return token(this.client.post()
			.uri("/api/users")
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("user",
					Map.of("username", this.name, "email", this.name + "@example.com", "password", "password1")))
			.exchange());
	}

	private RestTestClient.ResponseSpec signIn(String password) {
		return this.client.post()
			.uri("/api/users/login")
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("user", Map.of("email", this.name + "@example.com", "password", password)))
			.exchange();
	}

	private RestTestClient.ResponseSpec current(String token) {
		return this.client.get().uri("/api/user").header("Authorization", "Token " + token).exchange();
	}

	private RestTestClient.ResponseSpec change(String token, Map<String, String> user) {
		return put(token, user).exchange();
	}

	private RestTestClient.ResponseSpec keyed(String token, Map<String, String> user) {
		return put(token, user).header("Idempotency-Key", "change-" + this.name).exchange();
	}

	private RestTestClient.RequestHeadersSpec<?> put(String token, Map<String, String> user) {
		return this.client.method(HttpMethod.PUT)
			.uri("/api/user")
			.header("Authorization", "Token " + token)
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("user", user));
	}

	private static String token(RestTestClient.ResponseSpec response) {
		byte[] json = response.expectStatus().is2xxSuccessful().expectBody().returnResult().getResponseBodyContent();
		return JsonPath.read(new String(json), "$.user.token");
	}

	private static void error(RestTestClient.ResponseSpec response, int status, String key, String message) {
		response.expectStatus()
			.isEqualTo(status)
			.expectBody()
			.jsonPath("$.errors['%s'][0]".formatted(key))
			.isEqualTo(message);
	}

}
