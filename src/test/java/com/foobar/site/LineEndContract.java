package com.foobar.site;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import com.jayway.jsonpath.JsonPath;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests that the pages and the API change all line ends to LF. */
abstract class LineEndContract extends SiteContract {

	private UserClient userClient;

	@BeforeEach
	void registerUser() {
		this.userClient = newUser();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\n", "\r\n", "\r", "\u0085", "\u2028", "\u2029", "\u000B", "\f" })
	void acceptsCommentsWithAnyLineEnds(String lineEnd) throws IOException {
		String slug = publish(Map.of("body", "b"));
		String text = ("x" + lineEnd).repeat(5000);
		assertThat(this.userClient.comment(slug, text).statusCode()).isEqualTo(201);
		assertThat(this.userClient.postForm("/article/" + slug + "/comments", Map.of("body", text)).statusCode())
			.isEqualTo(302);
		assertThat(this.userClient.read("/api/articles/" + slug + "/comments").<List<String>>read("$.comments[*].body"))
			.hasSize(2)
			.containsOnly("x\n".repeat(5000));
	}

	@Test
	void limitCountsNormalizedText() throws IOException {
		String slug = publish(Map.of("body", "b"));
		assertThat(this.userClient.comment(slug, "x\r\n".repeat(5000) + "x").body())
			.contains("\"body\":[\"has more than 10000 characters\"]");
		assertThat(this.userClient.putUser(Map.of("bio", "x\r\n".repeat(1000))).<String>read("$.user.bio"))
			.isEqualTo("x\n".repeat(1000));
	}

	@Test
	void unchangedFormDoesNotChangeTheArticle() throws IOException {
		String slug = publish(Map.of("body", "\n\r\n  first\r\nsecond\rthird\n\n\tfourth\u2028fifth\n", "tagList",
				List.of("a b", "née", "🐢")));
		Map<String, Object> original = storedArticle(slug);
		assertThat(original).containsEntry("body", "\n\n  first\nsecond\nthird\n\n\tfourth\nfifth\n");
		Map<String, String> fields = new HashMap<>();
		this.userClient.open("/editor/" + slug).select("form[data-draft] [name]:not(button)").forEach((field) -> {
			String text = field.normalName().equals("textarea") ? field.wholeText() : field.val();
			// Browsers send CRLF for each line end.
			fields.put(field.attr("name"), text.replace("\n", "\r\n"));
		});
		assertThat(this.userClient.postForm("/editor/" + slug, fields).header("Location"))
			.isEqualTo("/article/" + slug);
		assertThat(storedArticle(slug)).isEqualTo(original);
	}

	@Test
	void formsKeepAnEmptyFirstLine() throws IOException {
		String slug = publish(Map.of("body", "b"));
		Document form = this.userClient.postForm("/article/" + slug + "/comments", Map.of("body", "\r\n \t")).parse();
		assertThat(form.expectFirst("textarea[name=body]").wholeText()).isEqualTo("\n \t");
		this.userClient.putUser(Map.of("bio", "\nsecond line"));
		assertThat(this.userClient.open("/settings").expectFirst("textarea[name=bio]").wholeText())
			.isEqualTo("\nsecond line");
	}

	@Test
	void passwordsAreNotNormalized() {
		String name = UUID.randomUUID().toString();
		Map<String, Object> user = Map.of("username", name, "email", name + "@example.com", "password", "pass\r\nword");
		assertThat(this.userClient.post("/api/users", Map.of("user", user)).statusCode()).isEqualTo(201);
		assertThat(signIn(name, "pass\nword")).isEqualTo(401);
		assertThat(signIn(name, "pass\r\nword")).isEqualTo(200);
	}

	private int signIn(String name, String password) {
		Map<String, Object> user = Map.of("email", name + "@example.com", "password", password);
		return this.userClient.post("/api/users/login", Map.of("user", user)).statusCode();
	}

	private Map<String, Object> storedArticle(String slug) {
		Map<String, Object> article = new HashMap<>(
				this.userClient.read("/api/articles/" + slug).<Map<String, Object>>read("$.article"));
		article.remove("updatedAt");
		return article;
	}

	private String publish(Map<String, Object> fields) {
		Map<String, Object> article = new HashMap<>(Map.of("title", "T" + UUID.randomUUID(), "description", "d"));
		article.putAll(fields);
		var response = this.userClient.post("/api/articles", Map.of("article", article));
		assertThat(response.statusCode()).isEqualTo(201);
		return JsonPath.read(response.body(), "$.article.slug");
	}

}
