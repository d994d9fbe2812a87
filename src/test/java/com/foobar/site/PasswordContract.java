package com.foobar.site;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import static com.foobar.ApiResponses.assertError;
import static com.foobar.ApiResponses.token;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests changes of the password, and which changes need the current password. */
abstract class PasswordContract extends SiteContract {

	private static final String NEEDED = "is needed to change your email or password, since you signed in a while ago";

	/**
	 * Returns the number of instances, because each instance counts failed sign-ins
	 * separately.
	 */
	int instances() {
		return 1;
	}

	@Test
	void passwordChangesSeveralTimesInOneSignIn() {
		String token = register();
		for (String password : List.of("exactly8", "0123456789abcdef".repeat(4))) {
			changeUser(token, Map.of("password", password)).expectStatus().isOk();
			signIn(password).expectStatus().isOk();
		}
		currentUser(token).expectStatus().isOk();
		assertError(signIn("password1"), 401, "credentials", "invalid");
		assertError(signIn("exactly8"), 401, "credentials", "invalid");
	}

	@ParameterizedTest
	@ValueSource(strings = { "12345678", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
			"🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢" })
	void newPasswordReplacesTheFormer(String password) {
		String token = register();
		String renewed = token(changeUser(token, Map.of("password", password)).expectStatus().isOk());
		assertError(signIn("password1"), 401, "credentials", "invalid");
		assertError(signIn(password.substring(0, password.length() - 2)), 401, "credentials", "invalid");
		signIn(password).expectStatus().isOk();
		currentUser(renewed).expectStatus().isOk();
	}

	@Test
	void newEmailAndPasswordNeedTheCurrentPasswordAfterAWhile() {
		String token = register();
		this.clock.advance(Duration.ofMinutes(15));
		for (var change : List.of(Map.of("email", "new" + this.name + "@example.com"), Map.of("password", "password2"),
				Map.of("password", "password2", "currentPassword", ""))) {
			assertError(changeUser(token, change), 422, "currentPassword", NEEDED);
			var wrong = new HashMap<>(change);
			wrong.put("currentPassword", "wrong-one");
			assertError(changeUser(token, wrong), 422, "currentPassword", "is wrong");
		}
		signIn("password1").expectStatus().isOk();
		changeUser(token, Map.of("bio", "Nothing to do with it", "email", this.name + "@example.com")).expectStatus()
			.isOk();
		var both = Map.of("email", "new" + this.name + "@example.com", "password", "password2");
		var withPassword = new HashMap<>(both);
		withPassword.put("currentPassword", "password1");
		changeUser(token, withPassword).expectStatus().isOk();
	}

	@Test
	void renewedTokenKeepsTheTimeOfItsSignIn() {
		String token = register();
		this.clock.advance(Duration.ofMinutes(14));
		String renewed = token(currentUser(token));
		this.clock.advance(Duration.ofMinutes(1));
		assertError(changeUser(renewed, Map.of("password", "password2")), 422, "currentPassword", NEEDED);
	}

	@Test
	void givenPasswordSufficesForAQuarterOfAnHour() {
		String token = register();
		this.clock.advance(Duration.ofDays(1));
		String successor = token(
				changeUser(token, Map.of("email", "1" + this.name + "@example.com", "currentPassword", "password1")));
		changeUser(successor, Map.of("password", "password2")).expectStatus().isOk();
		assertError(changeUser(token, Map.of("password", "password3")), 401, "token", "is missing");
	}

	@Test
	void wrongCurrentPasswordsCountAsFailedSignIns() {
		String token = register();
		this.clock.advance(Duration.ofMinutes(15));
		var guess = Map.of("password", "password2", "currentPassword", "wrong-one");
		for (int i = 0; i < 10 * instances(); i++) {
			assertError(changeUser(token, guess), 422, "currentPassword", "is wrong");
		}
		changeUser(token, guess).expectStatus().isEqualTo(429).expectHeader().exists("Retry-After");
		signIn("password1").expectStatus().isEqualTo(429);
	}

	@Test
	void repeatedChangeAfterARecentSignInGetsTheRecordedResponse() {
		String token = register();
		var change = Map.of("password", "password2", "currentPassword", "password1");
		String first = token(sendWithKey(token, change));
		var again = sendWithKey(token, change).expectHeader().valueEquals("Idempotency-Replayed", "true");
		assertThat(token(again)).isEqualTo(first);
	}

	@Test
	void repeatedChangeAfterAnOldSignInGets401() {
		String token = register();
		this.clock.advance(Duration.ofMinutes(16));
		var change = Map.of("password", "password2", "currentPassword", "password1");
		token(sendWithKey(token, change));
		assertError(sendWithKey(token, change), 401, "token", "is missing");
		signIn("password2").expectStatus().isOk();
	}

	@Test
	void settingsAskForTheCurrentPasswordOnlyWhenItIsNeeded() throws IOException {
		PageClient visitor = PageClient.register(this.port, this.name);
		Document recent = visitor.open("/settings");
		assertThat(recent.select("[name=currentPassword]")).isEmpty();
		this.clock.advance(Duration.ofMinutes(15));
		assertThat(visitor.open("/settings").select("[name=currentPassword]")).singleElement()
			.returns("current-password", (field) -> field.attr("autocomplete"))
			.returns(false, (field) -> field.hasAttr("required"));
		Document refused = visitor.press(recent, "Update Settings", Map.of("bio", "Kept", "password", "password2"));
		assertThat(fieldError(refused))
			.isEqualTo("Current password is needed to change your email or password, since you signed in a while ago.");
		assertThat(refused.select("textarea[name=bio]").val()).isEqualTo("Kept");
		Document wrong = visitor.press(refused, "Update Settings",
				Map.of("password", "password2", "currentPassword", "wrong-one"));
		assertThat(fieldError(wrong)).isEqualTo("Current password is wrong.");
		assertThat(wrong.select("[type=password]")).hasSize(2).allSatisfy((field) -> assertThat(field.val()).isEmpty());
		Document profile = visitor.press(wrong, "Update Settings",
				Map.of("password", "password2", "currentPassword", "password1"));
		assertThat(profile.location()).endsWith("/profile/" + this.name);
		assertThat(visitor.open("/settings").select("[name=currentPassword]")).isEmpty();
		signIn("password2").expectStatus().isOk();
	}

	@Test
	void settingsWithoutCredentialsNeedNoPassword() throws IOException {
		PageClient visitor = PageClient.register(this.port, this.name);
		this.clock.advance(Duration.ofDays(1));
		Document profile = visitor.press(visitor.open("/settings"), "Update Settings",
				Map.of("bio", "Told a day later", "currentPassword", "filled in by a browser"));
		assertThat(profile.select(".user-info p").text()).isEqualTo("Told a day later");
	}

	// Returns the error message that a screen reader reads aloud with the field of the
	// current password.
	private static String fieldError(Document page) {
		Element field = page.expectFirst("[name=currentPassword][aria-invalid=true]");
		String description = field.attr("aria-describedby").split(" ")[0];
		return page.expectFirst("#" + description).text();
	}

	private ResponseSpec sendWithKey(String token, Map<String, String> user) {
		return signedIn(HttpMethod.PUT, "/api/user", token).header("Idempotency-Key", "change-" + this.name)
			.body(Map.of("user", user))
			.exchange();
	}

}
