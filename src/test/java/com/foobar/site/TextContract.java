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
 * Checks that the site stores a text with any characters unchanged, or refuses it with a
 * sentence. Each run generates other texts. A failure names its seed;
 * {@code -Dtext.seed=} repeats the run.
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
	void invisibleTextIsBlank(String nothing) throws IOException {
		Writer writer = writer();
		assertError(writer.put("/api/user", Map.of("user", Map.of("username", nothing))), "username", "can't be blank");
		assertError(writer.put("/api/user", Map.of("user", Map.of("email", nothing))), "email", "can't be blank");
		for (String field : List.of("title", "description", "body")) {
			var article = new HashMap<>(Map.of("title", "t", "description", "d", "body", "b"));
			article.put(field, nothing);
			assertError(writer.post("/api/articles", Map.of("article", article)), field, "can't be blank");
		}
		assertError(writer.post("/api/articles", article("t", "d", "b", nothing)), "tagList", "can't be blank");
		assertError(writer.comment(publish(writer, "t", "tag"), nothing), "body", "can't be blank");
		assertThat(writer.putUser(Map.of("bio", nothing)).<String>read("$.user.bio")).isNull();
		assertThat(writer.postForm("/editor", Map.of("title", nothing, "description", "d", "body", "b")).body())
			.contains("Title can't be blank");
	}

	@ParameterizedTest
	@CsvSource({ "zoe\u0308, zo\u00EB", "a\u3000b, a\u00A0b" })
	void namesAreUniqueAfterNormalization(String first, String second) {
		String unique = writer().name();
		assertThat(writer().putUser(Map.of("username", unique + first)).<String>read("$.user.username"))
			.isEqualTo(TextKind.normalize(unique + second));
		assertError(writer().put("/api/user", Map.of("user", Map.of("username", unique + second))), "username",
				"has already been taken");
	}

	@Test
	void invisibleCharactersInNamesAreRefused() {
		String unique = writer().name().substring(0, 30);
		for (int hidden : new int[] { 0xAD, 0x200B, 0x200D, 0x2060, 0xFE0F, 0xFEFF, 0x34F }) {
			assertError(
					writer().put("/api/user", Map.of("user", Map.of("username", unique + Character.toString(hidden)))),
					"username", "may not contain characters that cannot be seen");
			assertError(
					writer().put("/api/user",
							Map.of("user", Map.of("email", unique + Character.toString(hidden) + "@example.com"))),
					"email", "is not an email address");
		}
	}

	@Test
	void userWithANowInvalidNameCanChangeOtherFields() throws IOException {
		Writer writer = writer();
		String name = writer.name() + "\u200B";
		this.jdbc.sql("UPDATE users SET username = :new WHERE username = :old")
			.param("new", name)
			.param("old", writer.name())
			.update();
		assertThat(writer.put("/api/user", Map.of("user", Map.of("username", name, "bio", "By a program"))).body())
			.contains("By a program");
		Connection.Response response = writer.postForm("/settings",
				Map.of("username", name, "email", writer.name() + "@example.com", "bio", "On a page"));
		assertThat(response.statusCode()).as(response.body()).isEqualTo(302);
		assertThat(writer.read("/api/user").<String>read("$.user.bio")).isEqualTo("On a page");
		assertError(writer.put("/api/user", Map.of("user", Map.of("username", name + "\u200B"))), "username",
				"may not contain characters that cannot be seen");
	}

	@Test
	void everyTextIsStoredUnchangedOrRefusedWithASentence() {
		for (int round = 0; round < ROUNDS; round++) {
			Writer writer = writer();
			String text = this.texts.next();
			try {
				api(writer, text);
				pages(writer(), text);
			}
			catch (AssertionError | Exception ex) {
				throw new AssertionError("-Dtext.seed=%d, round %d: [%s]".formatted(this.seed, round, escaped(text)),
						ex);
			}
		}
	}

	private void api(Writer writer, String text) throws Exception {
		if (accepted(writer.put("/api/user", Map.of("user", Map.of("username", text))))) {
			String name = TextKind.normalize(lines(text));
			assertThat(writer.read("/api/profiles/" + segment(name)).<String>read("$.profile.username"))
				.isEqualTo(name);
			assertThat(writer.open("/profile/" + segment(name)).expectFirst(".user-info h4").wholeText())
				.isEqualTo(name);
		}
		accepted(writer.put("/api/user", Map.of("user", Map.of("email", text + "@example.com"))));
		if (accepted(writer.put("/api/user", Map.of("user", Map.of("bio", text, "image", text))))) {
			assertThat(writer.read("/api/user").<String>read("$.user.bio")).isEqualTo(optional(text));
			assertThat(writer.read("/api/user").<String>read("$.user.image")).isEqualTo(optional(text));
		}
		article(writer, writer.post("/api/articles", article(text, "d", "b", "tag")), "title", text);
		article(writer, writer.post("/api/articles", article("t", text, "b", "tag")), "description", text);
		article(writer, writer.post("/api/articles", article("t", "d", text, "tag")), "body", text);
		tag(writer, text);
		String slug = publish(writer, "t", "tag");
		if (accepted(writer.comment(slug, text))) {
			assertThat(writer.read("/api/articles/" + slug + "/comments").<String>read("$.comments[0].body"))
				.isEqualTo(lines(text));
		}
	}

	private void article(Writer writer, HttpResponse<String> response, String field, String text) throws IOException {
		if (accepted(response)) {
			String slug = JsonPath.read(response.body(), "$.article.slug");
			assertThat(TextKind.isBlank(slug)).isFalse();
			assertThat(writer.read("/api/articles/" + segment(slug)).<String>read("$.article." + field))
				.isEqualTo(lines(text));
			assertThat(writer.open("/article/" + segment(slug)).select(".article-page")).hasSize(1);
		}
	}

	private void tag(Writer writer, String text) throws Exception {
		HttpResponse<String> response = writer.post("/api/articles", article("t", "d", "b", text));
		if (accepted(response)) {
			String tag = TextKind.normalize(lines(text)).strip();
			String slug = JsonPath.read(response.body(), "$.article.slug");
			assertThat(JsonPath.<List<String>>read(response.body(), "$.article.tagList")).containsExactly(tag);
			assertThat(writer.open("/tag/" + segment(tag)).select("[href=/article/" + slug + "]")).isNotEmpty();
			String feed = writer.get("/tag/" + segment(tag) + "/feed.atom").body();
			DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(feed)));
		}
	}

	private void pages(Writer writer, String text) throws IOException {
		String slug = publish(writer, "t", "tag");
		shown(writer, writer.postForm("/article/" + slug + "/comments", Map.of("body", text)));
		shown(writer, writer.postForm("/editor/" + slug,
				Map.of("title", text, "description", text, "body", text, "tagList", text)));
		shown(writer, writer.postForm("/editor", Map.of("title", text, "description", text, "body", text)));
		shown(writer, writer.postForm("/editor",
				Map.of("title", text, "description", text, "body", text, "tagList", text, "preview", "yes")));
		shown(writer, writer.postForm("/settings",
				Map.of("username", text, "email", writer.name() + "@example.com", "bio", text, "image", text)));
	}

	// The form redirects to a page that exists, or shows itself again with the errors.
	private static void shown(Writer writer, Connection.Response response) throws IOException {
		if (response.statusCode() == 302) {
			assertThat(writer.open(response.header("Location").replaceAll("#.*", "")).select("main h1, main h4"))
				.isNotEmpty();
		}
		else {
			assertThat(response.statusCode()).isEqualTo(200);
			// Compares the source, because jsoup takes U+FFFF for the end.
			assertThat(response.body()).containsAnyOf("class=\"error-messages\"", "class=\"preview\"");
		}
	}

	private static boolean accepted(HttpResponse<String> response) {
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

	private static String publish(Writer writer, String title, String tag) {
		return JsonPath.read(writer.post("/api/articles", article(title, "d", "b", tag)).body(), "$.article.slug");
	}

	private static String lines(String text) {
		return text.replaceAll("\\R", "\n");
	}

	private static String optional(String text) {
		return TextKind.isBlank(text) ? null : lines(text);
	}

	private static String segment(String text) {
		return UriUtils.encodePathSegment(text, UTF_8);
	}

	private static String escaped(String text) {
		return text.codePoints().mapToObj("U+%04X "::formatted).reduce("", String::concat);
	}

}
