package com.foobar.site;

import java.io.IOException;
import java.io.StringReader;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import javax.xml.parsers.DocumentBuilderFactory;

import com.foobar.web.text.TextKind;
import com.jayway.jsonpath.JsonPath;
import org.jsoup.Connection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.util.UriUtils;
import org.xml.sax.InputSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the site either stores a text with any characters unchanged, or refuses it
 * with a sentence. Each run generates different texts. The message of a failure contains
 * the seed of the run; {@code -Dtext.seed=} repeats that run.
 */
abstract class TextContract extends SiteContract {

	private static final int ROUNDS = Integer.getInteger("text.rounds", 60);

	private static final Set<String> SENTENCES = Set.of("can't be blank",
			"may not contain characters that cannot be seen",
			"may not contain / \\ ? # % ; nor be . or .. nor begin or end with a space", "may not contain a comma",
			"may not contain line breaks or control characters", "may not contain control characters",
			"may not contain characters that change the direction of writing",
			"may not contain characters that this site does not know", "may not begin with an accent or another mark",
			"is not an email address", "has already been taken");

	private final long seed = Long.getLong("text.seed", System.nanoTime());

	private final TextGenerator texts = new TextGenerator(new Random(this.seed));

	@ParameterizedTest
	@ValueSource(strings = { "\u00AD", "\u0085", "\u200D", "\u3164", "\u2800", "\u115F", "\u00A0", "\u202E", "\uE000",
			"\u0301", "\uFE0F" })
	void invisibleTextIsBlank(String invisible) throws IOException {
		UserClient user = newUser();
		assertError(user.put("/api/user", Map.of("user", Map.of("username", invisible))), "username", "can't be blank");
		assertError(user.put("/api/user", Map.of("user", Map.of("email", invisible))), "email", "can't be blank");
		for (String field : List.of("title", "description", "body")) {
			var article = new HashMap<>(Map.of("title", "t", "description", "d", "body", "b"));
			article.put(field, invisible);
			assertError(user.post("/api/articles", Map.of("article", article)), field, "can't be blank");
		}
		assertError(user.post("/api/articles", article("t", "d", "b", invisible)), "tagList", "can't be blank");
		assertError(user.comment(publish(user, "t", "tag"), invisible), "body", "can't be blank");
		assertThat(user.putUser(Map.of("bio", invisible)).<String>read("$.user.bio")).isNull();
		assertThat(user.postForm("/editor", Map.of("title", invisible, "description", "d", "body", "b")).body())
			.contains("Title can't be blank");
	}

	@ParameterizedTest
	@CsvSource({ "zoe\u0308, zo\u00EB", "a\u3000b, a\u00A0b" })
	void namesAreUniqueAfterNormalization(String first, String second) {
		String unique = newUser().name();
		assertThat(newUser().putUser(Map.of("username", unique + first)).<String>read("$.user.username"))
			.isEqualTo(TextKind.normalize(unique + second));
		assertError(newUser().put("/api/user", Map.of("user", Map.of("username", unique + second))), "username",
				"has already been taken");
	}

	@Test
	void invisibleCharactersInNamesAreRefused() {
		String unique = newUser().name().substring(0, 30);
		for (int hidden : new int[] { 0xAD, 0x200B, 0x200D, 0x2060, 0xFE0F, 0xFEFF, 0x34F }) {
			assertError(
					newUser().put("/api/user", Map.of("user", Map.of("username", unique + Character.toString(hidden)))),
					"username", "may not contain characters that cannot be seen");
			assertError(
					newUser().put("/api/user",
							Map.of("user", Map.of("email", unique + Character.toString(hidden) + "@example.com"))),
					"email", "is not an email address");
		}
	}

	@Test
	void userWithANowInvalidNameCanChangeOtherFields() throws IOException {
		UserClient user = newUser();
		String name = user.name() + "\u200B";
		this.jdbc.sql("UPDATE users SET username = :new WHERE username = :old")
			.param("new", name)
			.param("old", user.name())
			.update();
		assertThat(user.put("/api/user", Map.of("user", Map.of("username", name, "bio", "By a program"))).body())
			.contains("By a program");
		Connection.Response response = user.postForm("/settings",
				Map.of("username", name, "email", user.name() + "@example.com", "bio", "On a page"));
		assertThat(response.statusCode()).as(response.body()).isEqualTo(302);
		assertThat(user.read("/api/user").<String>read("$.user.bio")).isEqualTo("On a page");
		assertError(user.put("/api/user", Map.of("user", Map.of("username", name + "\u200B"))), "username",
				"may not contain characters that cannot be seen");
	}

	@Test
	void everyTextIsStoredUnchangedOrRefusedWithASentence() {
		for (int round = 0; round < ROUNDS; round++) {
			UserClient user = newUser();
			String text = this.texts.next();
			try {
				checkApi(user, text);
				checkPages(newUser(), text);
			}
			catch (AssertionError | Exception ex) {
				throw new AssertionError("-Dtext.seed=%d, round %d: [%s]".formatted(this.seed, round, codePoints(text)),
						ex);
			}
		}
	}

	private void checkApi(UserClient user, String text) throws Exception {
		if (isAccepted(user.put("/api/user", Map.of("user", Map.of("username", text))))) {
			String name = TextKind.normalize(normalizeLineEnds(text));
			assertThat(user.read("/api/profiles/" + encode(name)).<String>read("$.profile.username")).isEqualTo(name);
			assertThat(user.open("/profile/" + encode(name)).expectFirst(".user-info h4").wholeText()).isEqualTo(name);
		}
		isAccepted(user.put("/api/user", Map.of("user", Map.of("email", text + "@example.com"))));
		if (isAccepted(user.put("/api/user", Map.of("user", Map.of("bio", text, "image", text))))) {
			assertThat(user.read("/api/user").<String>read("$.user.bio")).isEqualTo(nullIfBlank(text));
			assertThat(user.read("/api/user").<String>read("$.user.image")).isEqualTo(nullIfBlank(text));
		}
		checkArticle(user, user.post("/api/articles", article(text, "d", "b", "tag")), "title", text);
		checkArticle(user, user.post("/api/articles", article("t", text, "b", "tag")), "description", text);
		checkArticle(user, user.post("/api/articles", article("t", "d", text, "tag")), "body", text);
		checkTag(user, text);
		String slug = publish(user, "t", "tag");
		if (isAccepted(user.comment(slug, text))) {
			assertThat(user.read("/api/articles/" + slug + "/comments").<String>read("$.comments[0].body"))
				.isEqualTo(normalizeLineEnds(text));
		}
	}

	private void checkArticle(UserClient user, HttpResponse<String> response, String field, String text)
			throws IOException {
		if (isAccepted(response)) {
			String slug = JsonPath.read(response.body(), "$.article.slug");
			assertThat(TextKind.isBlank(slug)).isFalse();
			assertThat(user.read("/api/articles/" + encode(slug)).<String>read("$.article." + field))
				.isEqualTo(normalizeLineEnds(text));
			assertThat(user.open("/article/" + encode(slug)).select(".article-page")).hasSize(1);
		}
	}

	private void checkTag(UserClient user, String text) throws Exception {
		HttpResponse<String> response = user.post("/api/articles", article("t", "d", "b", text));
		if (isAccepted(response)) {
			String tag = TextKind.normalize(normalizeLineEnds(text)).strip();
			String slug = JsonPath.read(response.body(), "$.article.slug");
			assertThat(JsonPath.<List<String>>read(response.body(), "$.article.tagList")).containsExactly(tag);
			assertThat(user.open("/tag/" + encode(tag)).select("[href=/article/" + slug + "]")).isNotEmpty();
			String feed = user.get("/tag/" + encode(tag) + "/feed.atom").body();
			DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(feed)));
		}
	}

	private void checkPages(UserClient user, String text) throws IOException {
		String slug = publish(user, "t", "tag");
		checkPage(user, user.postForm("/article/" + slug + "/comments", Map.of("body", text)));
		checkPage(user, user.postForm("/editor/" + slug,
				Map.of("title", text, "description", text, "body", text, "tagList", text)));
		checkPage(user, user.postForm("/editor", Map.of("title", text, "description", text, "body", text)));
		checkPage(user, user.postForm("/editor",
				Map.of("title", text, "description", text, "body", text, "tagList", text, "preview", "yes")));
		checkPage(user, user.postForm("/settings",
				Map.of("username", text, "email", user.name() + "@example.com", "bio", text, "image", text)));
	}

	// Checks that a form redirects to an existing page, or is shown again with errors or
	// with a preview.
	private static void checkPage(UserClient user, Connection.Response response) throws IOException {
		if (response.statusCode() == 302) {
			assertThat(user.open(response.header("Location").replaceAll("#.*", "")).select("main h1, main h4"))
				.isNotEmpty();
		}
		else {
			assertThat(response.statusCode()).isEqualTo(200);
			// Compares the source, because jsoup takes U+FFFF for the end of the page.
			assertThat(response.body()).containsAnyOf("class=\"error-messages\"", "class=\"preview\"");
		}
	}

	// Returns whether the site stored the text. If not, checks that the response contains
	// only known sentences.
	private static boolean isAccepted(HttpResponse<String> response) {
		if (response.statusCode() == 200 || response.statusCode() == 201) {
			return true;
		}
		assertThat(response.statusCode()).as(response.body()).isIn(422, 409);
		assertThat(JsonPath.<List<String>>read(response.body(), "$.errors[*][*]")).isSubsetOf(SENTENCES);
		return false;
	}

	private static void assertError(HttpResponse<String> response, String field, String message) {
		assertThat(response.statusCode()).as(response.body()).isIn(422, 409);
		assertThat(JsonPath.<List<String>>read(response.body(), "$.errors." + field)).containsExactly(message);
	}

	private static Map<String, ?> article(String title, String description, String body, String tag) {
		return Map.of("article",
				Map.of("title", title, "description", description, "body", body, "tagList", List.of(tag)));
	}

	private static String publish(UserClient user, String title, String tag) {
		return JsonPath.read(user.post("/api/articles", article(title, "d", "b", tag)).body(), "$.article.slug");
	}

	private static String normalizeLineEnds(String text) {
		return text.replaceAll("\\R", "\n");
	}

	private static String nullIfBlank(String text) {
		return TextKind.isBlank(text) ? null : normalizeLineEnds(text);
	}

	private static String encode(String text) {
		return UriUtils.encodePathSegment(text, UTF_8);
	}

	private static String codePoints(String text) {
		return text.codePoints().mapToObj("U+%04X "::formatted).reduce("", String::concat);
	}

}
