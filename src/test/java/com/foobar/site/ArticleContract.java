package com.foobar.site;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;

import static com.foobar.ApiResponses.assertError;
import static com.foobar.ApiResponses.body;
import static com.foobar.ApiResponses.created;
import static com.foobar.site.ArticleResponses.assertList;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests how articles are published, changed and deleted, and who can do so. */
abstract class ArticleContract extends SiteContract {

	@Test
	void everybodyCanReadAPublishedArticle() {
		String token = register();
		String title = "Crème brûlée by " + this.name;
		byte[] published = publish(token, title).expectStatus()
			.isCreated()
			.expectBody()
			.jsonPath("$.article.slug")
			.isEqualTo("creme-brulee-by-" + this.name)
			.jsonPath("$.article.tagList")
			.isEqualTo(List.of("apples", "zebras"))
			.jsonPath("$.article.createdAt")
			.value((String at) -> assertThat(at).matches(TIMESTAMP))
			.jsonPath("$.article.favoritesCount")
			.isEqualTo(0)
			.jsonPath("$.article.author.username")
			.isEqualTo(this.name)
			.returnResult()
			.getResponseBodyContent();
		String read = body(get("/api/articles/creme-brulee-by-" + this.name).expectStatus().isOk());
		assertThat(read).isEqualTo(new String(published, StandardCharsets.UTF_8));
	}

	@Test
	void textOfAnyScriptIsUnchanged() {
		String title = "🐢 שלום, 世界 " + this.name;
		publish(register(), title).expectStatus()
			.isCreated()
			.expectBody()
			.jsonPath("$.article.title")
			.isEqualTo(title)
			.jsonPath("$.article.slug")
			.isEqualTo("שלום-世界-" + this.name);
	}

	@Test
	void timesAlwaysHaveAFraction() {
		String slug = publishArticle(register());
		this.jdbc.sql("UPDATE articles SET created_at = :then WHERE slug = :slug")
			.param("then", LocalDateTime.of(2026, 1, 1, 0, 0))
			.param("slug", slug)
			.update();
		get("/api/articles/" + slug).expectBody()
			.jsonPath("$.article.createdAt")
			.isEqualTo("2026-01-01T00:00:00.000000Z");
	}

	@Test
	void blankArticleIsRefusedFieldByField() {
		String token = register();
		for (String field : List.of("title", "description", "body")) {
			var article = new HashMap<>(article("A title").get("article"));
			article.put(field, " ");
			assertError(send(HttpMethod.POST, "/api/articles", token, Map.of("article", article)), 422, field,
					"can't be blank");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "a/b", "a?b", "50%", "a;b", ".", "..", "" })
	void tagsThatDoNotFitIntoUrlsAreRefused(String tag) {
		var article = new HashMap<>(article("Tagged").get("article"));
		article.put("tagList", List.of("fine", tag));
		send(HttpMethod.POST, "/api/articles", register(), Map.of("article", article)).expectStatus().isEqualTo(422);
	}

	@Test
	void changedArticleKeepsOmittedFields() {
		String token = register();
		String before = created(publish(token, "Kept by " + this.name));
		String after = changeArticle(token, "kept-by-" + this.name, "{\"article\":{\"description\":\"New\"}}");
		assertThat(JsonPath.<String>read(after, "$.article.description")).isEqualTo("New");
		String changingFields = "\"(description|updatedAt)\":\"[^\"]*\"";
		assertThat(after.replaceAll(changingFields, "$1")).isEqualTo(before.replaceAll(changingFields, "$1"));
		assertThat(JsonPath.<String>read(after, "$.article.updatedAt")).matches(TIMESTAMP)
			.isGreaterThan(JsonPath.read(before, "$.article.updatedAt"));
		String unchanged = changeArticle(token, "kept-by-" + this.name, "{\"article\":{}}");
		assertThat(JsonPath.<String>read(unchanged, "$.article.updatedAt"))
			.isGreaterThan(JsonPath.read(after, "$.article.updatedAt"));
		String read = body(request(HttpMethod.GET, "/api/articles/kept-by-" + this.name, token));
		assertThat(read).isEqualTo(unchanged);
	}

	@Test
	void changedTagsReplaceTheFormerOnes() {
		String token = register();
		String slug = publishArticle(token);
		assertThat(JsonPath.<List<String>>read(
				changeArticle(token, slug, "{\"article\":{\"tagList\":[\"zebras\",\"bears\",\"bears\"]}}"),
				"$.article.tagList"))
			.containsExactly("bears", "zebras");
		assertThat(JsonPath.<List<String>>read(changeArticle(token, slug, "{\"article\":{\"tagList\":[]}}"),
				"$.article.tagList"))
			.isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{"article":{"title":null}}         | title       | can't be blank
					{"article":{"title":" "}}          | title       | can't be blank
					{"article":{"description":null}}   | description | can't be blank
					{"article":{"description":""}}     | description | can't be blank
					{"article":{"body":null}}          | body        | can't be blank
					{"article":{"body":""}}            | body        | can't be blank
					{"article":{"tagList":null}}       | tagList     | can't be blank
					{"article":{"tagList":["a/b"]}}    | tagList     | may not contain / \\ ? # % ; nor be . or .. nor begin or end with a space
					{"article":{"title":5}}            | title       | has the wrong type
					{"article":{"tagList":"zebras"}}   | tagList     | has the wrong type
					{}                                 | article     | can't be blank
					""")
	void reportsInvalidChangesOfAnArticle(String body, String field, String message) {
		String token = register();
		assertError(send(HttpMethod.PUT, "/api/articles/" + publishArticle(token), token, body), 422, field, message);
	}

	@Test
	void onlyTheAuthorCanChangeOrDeleteAnArticle() {
		String slug = publishArticle(register());
		String other = registerOther("other");
		for (HttpMethod method : List.of(HttpMethod.PUT, HttpMethod.DELETE)) {
			for (String body : List.of("{\"article\":{\"title\":\"New\"}}", "{\"article\":{\"title\":null}}")) {
				assertError(this.client.method(method)
					.uri("/api/articles/no-such-article")
					.contentType(MediaType.APPLICATION_JSON)
					.body(body)
					.exchange(), 401, "token", "is missing");
				assertError(send(method, "/api/articles/no-such-article", other, body), 404, "article", "not found");
				assertError(send(method, "/api/articles/" + slug, other, body), 403, "article", "forbidden");
			}
		}
		get("/api/articles/" + slug).expectStatus().isOk();
	}

	@Test
	void deletingAnArticleDeletesItsData() {
		String token = register();
		publish(token, "Gone by " + this.name).expectStatus().isCreated();
		changeTitle(token, "gone-by-" + this.name, "Going", "going-by-" + this.name);
		changeArticle(token, "going-by-" + this.name, "{\"article\":{\"tagList\":[\"only-%s\"]}}".formatted(this.name));
		request(HttpMethod.POST, "/api/articles/going-by-" + this.name + "/favorite", token).expectStatus().isOk();
		request(HttpMethod.DELETE, "/api/articles/going-by-" + this.name, token).expectStatus()
			.isNoContent()
			.expectBody()
			.isEmpty();
		for (String slug : List.of("going-by-", "gone-by-")) {
			assertError(request(HttpMethod.GET, "/api/articles/" + slug + this.name, token), 404, "article",
					"not found");
			assertError(request(HttpMethod.DELETE, "/api/articles/" + slug + this.name, token), 404, "article",
					"not found");
		}
		assertList(get("/api/articles?author=" + this.name), 0, 0);
		assertList(get("/api/articles?favorited=" + this.name), 0, 0);
		request(HttpMethod.GET, "/api/tags", token).expectBody()
			.jsonPath("$.tags[?(@ == 'only-%s')]".formatted(this.name))
			.isEmpty();
	}

}
