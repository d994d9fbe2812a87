package com.foobar.site;

import java.io.IOException;
import java.net.Socket;
import java.util.Map;

import org.jsoup.Connection;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests the content, links and forms of the HTML pages without JavaScript. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class PagesTests {

	@LocalServerPort
	int port;

	private final Connection visitor = Jsoup.newSession().ignoreHttpErrors(true).followRedirects(true);

	@Test
	void homePageShowsArticlesAndTheSignUpLink() throws IOException {
		Document home = open("/");
		assertThat(home.title()).isEqualTo("A place to share what you know — foobar");
		assertThat(home.select("nav.navbar a.navbar-brand").text()).isEqualTo("foobar");
		assertThat(home.select("nav.navbar .nav-link").eachText()).containsExactly("Home", "Sign in", "Sign up");
		assertThat(home.select("nav.navbar .nav-link.active").eachText()).containsExactly("Home");
		assertThat(home.select(".banner")).isNotEmpty();
		assertThat(home.select(".feed-toggle .nav-link.active").text()).isEqualTo("Global Feed");
		assertThat(home.select(".article-preview h1")).hasSize(10);
		assertThat(home.select(".sidebar .tag-list a").eachText()).contains("operations");
	}

	// Other services of the domain can set cookies too. HAProxy limits their total size.
	@Test
	void acceptsManyCookies() throws IOException {
		assertThat(this.visitor.newRequest(url("/")).header("Cookie", "a=" + "x".repeat(20_000)).execute().statusCode())
			.isEqualTo(200);
	}

	@Test
	void visitorRegistersPublishesReadsAndLeaves() throws IOException {
		Document home = submit(open("/register"),
				Map.of("username", "Jane Doe", "email", "jane@example.com", "password", "password1"));
		assertThat(home.location()).endsWith("/");
		assertThat(home.select("nav.navbar .nav-link").eachText()).containsExactly("Home", "New Article", "Settings",
				"Jane Doe");
		assertThat(home.select("nav.navbar img.user-pic")).hasSize(1);

		Document article = submit(open("/editor"), Map.of("title", "Turtles <all> the way", "description", "Down",
				"body", "Some *Markdown* and <script>alert(1)</script>", "tagList", "zebras, apples, "));
		assertThat(article.location()).endsWith("/article/turtles-all-the-way");
		assertThat(article.select("h1").text()).isEqualTo("Turtles <all> the way");
		assertThat(article.select(".article-content em").text()).isEqualTo("Markdown");
		assertThat(article.select(".article-content script")).isEmpty();
		assertThat(article.select(".article-content").text()).contains("<script>alert(1)</script>");
		assertThat(article.select(".article-meta .author").eachText()).containsExactly("Jane Doe", "Jane Doe");
		assertThat(article.select(".tag-list a").eachText()).containsExactly("apples", "zebras");

		Document tag = open("/tag/zebras");
		assertThat(tag.select(".article-preview h1").eachText()).containsExactly("Turtles <all> the way");
		assertThat(tag.select(".feed-toggle .nav-link.active").text()).isEqualTo("# zebras");

		Document profile = open("/profile/Jane%20Doe");
		assertThat(profile.select(".user-info h4").text()).isEqualTo("Jane Doe");
		assertThat(profile.select(".article-preview h1").eachText()).containsExactly("Turtles <all> the way");

		assertThat(open("/nowhere").select("nav.navbar .nav-link").eachText()).contains("Jane Doe");

		Document signedOut = submit(open("/settings"), Map.of());
		assertThat(signedOut.select("nav.navbar .nav-link").eachText()).contains("Sign in");
	}

	@Test
	void refusedFormKeepsTheInput() throws IOException {
		Document form = submit(open("/register"),
				Map.of("username", "john", "email", "not an address", "password", "short"));
		assertThat(form.select("ul.error-messages li").eachText()).containsExactly("Email is not an email address",
				"Password needs 8 to 256 characters");
		assertThat(form.select("input[name=username]").val()).isEqualTo("john");
		assertThat(form.select("input[name=email]").val()).isEqualTo("not an address");
		assertThat(form.select("input[name=password]").val()).isEmpty();
	}

	@Test
	void formStaysValidWhileOtherPagesAreOpened() throws IOException {
		Document editor = registerAndOpenEditor("browser");
		open("/");
		open("/editor");
		Document article = submit(editor, Map.of("title", "Kept open", "description", "Long", "body", "Enough"));
		assertThat(article.location()).endsWith("/article/kept-open");
	}

	@Test
	void repeatedFormTakesEffectOnce() throws IOException {
		Document editor = registerAndOpenEditor("twice");
		Map<String, String> draft = Map.of("title", "Clicked twice", "description", "Once", "body", "Only");
		String article = submit(editor, draft).location();
		assertThat(submit(editor, draft).location()).isEqualTo(article);
		assertThat(open("/profile/twice").select(".article-preview h1").eachText()).containsExactly("Clicked twice");
		assertThat(open("/editor").select("[name=idempotencyKey]").val())
			.isNotEqualTo(editor.select("[name=idempotencyKey]").val());
	}

	@Test
	void correctedFormKeepsItsKey() throws IOException {
		Document editor = registerAndOpenEditor("corrector");
		Document again = submit(editor, Map.of("title", "Corrected", "description", "", "body", "Text"));
		assertThat(again.select("ul.error-messages li").eachText()).containsExactly("Description can't be blank");
		assertThat(again.select("[name=idempotencyKey]").val()).isEqualTo(editor.select("[name=idempotencyKey]").val())
			.isNotEmpty();
		assertThat(submit(again, Map.of("description", "Not blank")).location()).endsWith("/article/corrected");
	}

	@Test
	void keyOfASentFormCannotBeReused() throws IOException {
		Document editor = registerAndOpenEditor("changer");
		submit(editor, Map.of("title", "First thought", "description", "One", "body", "Text"));
		Document refused = submit(editor, Map.of("title", "Second thought"));
		assertThat(refused.select("h1").text()).isEqualTo("That did not work");
		assertThat(refused.text()).contains("load the form's page again");
	}

	@Test
	void repeatedRegistrationSignsInBothTimes() throws IOException {
		Document form = open("/register");
		Map<String, String> fields = Map.of("username", "eager", "email", "eager@example.com", "password", "password1");
		Connection.Response first = send(form, fields);
		Connection.Response second = send(form, fields);
		assertThat(first.cookie("sign-in")).isNotEmpty().isEqualTo(second.cookie("sign-in"));
		assertThat(first.header("Location")).isEqualTo(second.header("Location")).isEqualTo("/");
		assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
	}

	@Test
	void refusedRegistrationDoesNotSignIn() throws IOException {
		submit(open("/register"), Map.of("username", "first", "email", "first@example.com", "password", "password1"));
		Connection.Response refused = send(Jsoup.newSession().newRequest(url("/register")).get(),
				Map.of("username", "first", "email", "second@example.com", "password", "password1"));
		assertThat(refused.parse().select("ul.error-messages li").eachText())
			.containsExactly("Username has already been taken");
		assertThat(refused.hasCookie("sign-in")).isFalse();
	}

	private Document registerAndOpenEditor(String username) throws IOException {
		submit(open("/register"),
				Map.of("username", username, "email", username + "@example.com", "password", "password1"));
		return open("/editor");
	}

	// Sends the form of the page without the cookies of later responses. A second call
	// thus sends the same as a second click before the first response arrives.
	private Connection.Response send(Document page, Map<String, String> fields) throws IOException {
		FormElement form = page.select("form").forms().getLast();
		fields.forEach((name, value) -> form.select("[name=" + name + "]").val(value));
		return Jsoup.newSession()
			.newRequest(form.absUrl("action"))
			.method(Connection.Method.POST)
			.ignoreHttpErrors(true)
			.followRedirects(false)
			.data(form.formData())
			.cookies(page.connection().response().cookies())
			.execute();
	}

	@Test
	void wrongPasswordShowsAnError() throws IOException {
		Document form = submit(open("/login"), Map.of("email", "nobody@example.com", "password", "wrong-one"));
		assertThat(form.select("ul.error-messages li").eachText())
			.containsExactly("That email and password do not belong together.");
	}

	@Test
	void refusesFormsOfOtherSites() throws IOException {
		Connection.Response response = this.visitor.newRequest(url("/login"))
			.data("email", "a@b.c", "password", "password1")
			.method(Connection.Method.POST)
			.execute();
		assertThat(response.statusCode()).isEqualTo(403);
		Document page = response.parse();
		assertThat(page.select("h1").text()).isEqualTo("That did not work");
		assertThat(page.text()).contains("Form is too old to be sent");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/editor", "/?feed=following" })
	void pagesForUsersRedirectOthersToTheSignIn(String path) throws IOException {
		assertThat(open(path).location()).endsWith("/login");
	}

	@Test
	void redirectsIgnoreTheHostHeader() throws IOException {
		try (var socket = new Socket("localhost", this.port)) {
			socket.getOutputStream()
				.write("GET /editor HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
			assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8)).contains("Location: /login");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/nowhere                 | Nothing has this address.
			/article/no-such-article | This article does not exist, or its author has taken it away.
			/profile/nobody          | Nobody here has that name.
			/?page=0x                | Page is not valid
			""")
	void errorsHaveAPageOfTheSite(String path, String sentence) throws IOException {
		Connection.Response response = this.visitor.newRequest(url(path)).execute();
		assertThat(response.statusCode()).isBetween(400, 499);
		Document page = response.parse();
		assertThat(page.select("nav.navbar")).isNotEmpty();
		assertThat(page.expectFirst(".error-page h1 + p").text()).isEqualTo(sentence);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/article/check-the-numbers", "/profile/ada", "/tag/operations" })
	void pagesThatMayBeCachedSetNoCookie(String path) throws IOException {
		Connection.Response response = this.visitor.newRequest(url(path)).execute();
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.header("Set-Cookie")).isNull();
		assertThat(response.body()).doesNotContain("_csrf");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/nowhere", "/api/tags", "/api/nowhere" })
	void everyResponseHasTheSecurityHeaders(String path) throws IOException {
		Connection.Response response = this.visitor.newRequest(url(path)).ignoreContentType(true).execute();
		assertThat(response.header("Content-Security-Policy")).contains("default-src 'none'")
			.doesNotContain("unsafe-inline");
		assertThat(response.headers()).containsEntry("x-content-type-options", "nosniff")
			.containsEntry("referrer-policy", "strict-origin-when-cross-origin")
			.containsKey("permissions-policy")
			.doesNotContainKeys("server", "x-powered-by");
	}

	private Document open(String path) throws IOException {
		return this.visitor.newRequest(url(path)).get();
	}

	// Submits the form of the main part if that has one, and otherwise the form in the
	// header.
	private Document submit(Document page, Map<String, String> fields) throws IOException {
		FormElement form = page.select("form").forms().getLast();
		fields.forEach((name, value) -> form.select("[name=" + name + "]").val(value));
		return form.submit().execute().parse();
	}

	private String url(String path) {
		return "http://localhost:" + this.port + path;
	}

}
