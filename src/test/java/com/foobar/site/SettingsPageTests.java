package com.foobar.site;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.jsoup.Connection;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests how the settings page shows and changes the data of a user. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class SettingsPageTests {

	private static final AtomicInteger number = new AtomicInteger();

	@LocalServerPort
	int port;

	private final String name = "settler" + number.incrementAndGet();

	private final Connection visitor = Jsoup.newSession().ignoreHttpErrors(true).followRedirects(true);

	@Test
	void pageShowsEverythingExceptThePassword() throws IOException {
		Document settings = register();
		assertThat(settings.select("h1").text()).isEqualTo("Your Settings");
		assertThat(settings.select("input[name=username]").val()).isEqualTo(this.name);
		assertThat(settings.select("input[name=email]").val()).isEqualTo(this.name + "@example.com");
		assertThat(settings.select("input[name=image][type=url]").val()).isEmpty();
		assertThat(settings.select("textarea[name=bio]").val()).isEmpty();
		assertThat(settings.select("input[name=password]").val()).isEmpty();
		assertThat(settings.select("button[type=submit]").eachText()).containsExactly("Update Settings");
		assertThat(settings.select("button.btn-outline-danger").text()).isEqualTo("Or click here to logout.");
		assertThat(settings.select("main form input:not([type=hidden]), main form textarea"))
			.allSatisfy((field) -> assertThat(field.hasAttr("autocomplete")).isTrue())
			.allSatisfy((field) -> assertThat(field.parents().select("label")).isNotEmpty());
	}

	@Test
	void changesAppearOnTheProfile() throws IOException {
		Document profile = submit(register(),
				Map.of("image", "https://example.com/me.png", "username", this.name + " ü", "bio", "One\r\ntwo"));
		assertThat(profile.location()).endsWith("/profile/" + this.name + "%20%C3%BC");
		assertThat(profile.select(".user-info p").text()).isEqualTo("One two");
		assertThat(profile.select("nav.navbar").text()).contains(this.name + " ü");
		Document settings = open("/settings");
		assertThat(settings.select("input[name=image]").val()).isEqualTo("https://example.com/me.png");
		assertThat(settings.select("textarea[name=bio]").val()).isEqualTo("One\ntwo");
	}

	@Test
	void emptyFieldsRemoveBioAndImageAndKeepThePassword() throws IOException {
		submit(register(), Map.of("image", "https://example.com/me.png", "bio", "Something"));
		submit(open("/settings"), Map.of("image", "", "bio", ""));
		Document settings = open("/settings");
		assertThat(settings.select("input[name=image]").val()).isEmpty();
		assertThat(settings.select("textarea[name=bio]").val()).isEmpty();
		submit(settings.select("form[action=/logout]").forms().getFirst());
		assertThat(signIn("password1").location()).endsWith("/");
	}

	@Test
	void newPasswordReplacesTheFormerAndKeepsTheSignIn() throws IOException {
		Document profile = submit(register(), Map.of("password", "password2"));
		assertThat(profile.location()).endsWith("/profile/" + this.name);
		Document signedOut = submit(open("/settings").select("form[action=/logout]").forms().getLast());
		assertThat(signedOut.location()).endsWith("/");
		assertThat(signedOut.select("nav.navbar .nav-link").eachText()).contains("Sign in");
		assertThat(signIn("password1").select("ul.error-messages li")).isNotEmpty();
		assertThat(signIn("password2").location()).endsWith("/");
	}

	@Test
	void refusedFormKeepsTheInputExceptThePassword() throws IOException {
		Document form = submit(register(),
				Map.of("username", "a/b", "email", "nothing", "bio", "Kept", "password", "short"));
		assertThat(form.location()).endsWith("/settings");
		assertThat(form.select("ul.error-messages li").eachText()).containsExactly("Email is not an email address",
				"Password needs 8 to 256 characters",
				"Username may not contain / \\ ? # % ; nor be . or .. nor begin or end with a space");
		assertThat(form.select("input[name=username]").val()).isEqualTo("a/b");
		assertThat(form.select("input[name=email]").val()).isEqualTo("nothing");
		assertThat(form.select("textarea[name=bio]").val()).isEqualTo("Kept");
		assertThat(form.select("input[name=password]").val()).isEmpty();
		assertThat(submit(form, Map.of("username", this.name, "email", this.name + "@example.com")).location())
			.endsWith("/profile/" + this.name);
	}

	@Test
	void takenUsernameIsRefused() throws IOException {
		Document form = submit(register(), Map.of("username", "ada"));
		assertThat(form.location()).endsWith("/settings");
		assertThat(form.select("ul.error-messages li").eachText()).containsExactly("Username has already been taken");
		assertThat(form.select("input[name=username]").val()).isEqualTo("ada");
	}

	@Test
	void longestBioMayHaveManyLines() throws IOException {
		assertThat(submit(register(), Map.of("bio", "x\r\n".repeat(1000))).location()).contains("/profile/");
	}

	@Test
	void anonymousVisitorsAreRedirectedToTheSignIn() throws IOException {
		assertThat(open("/settings").location()).endsWith("/login");
	}

	private Document register() throws IOException {
		submit(open("/register"),
				Map.of("username", this.name, "email", this.name + "@example.com", "password", "password1"));
		return open("/settings");
	}

	private Document signIn(String password) throws IOException {
		return submit(open("/login"), Map.of("email", this.name + "@example.com", "password", password));
	}

	private Document open(String path) throws IOException {
		return this.visitor.newRequest("http://localhost:" + this.port + path).get();
	}

	private Document submit(Document page, Map<String, String> fields) throws IOException {
		FormElement form = page.select("main form").forms().getFirst();
		fields.forEach((field, value) -> form.select("[name=" + field + "]").val(value));
		return submit(form);
	}

	private static Document submit(FormElement form) throws IOException {
		return form.submit().execute().parse();
	}

}
