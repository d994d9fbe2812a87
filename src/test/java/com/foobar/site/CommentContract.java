package com.foobar.site;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import static com.foobar.ApiResponses.assertError;
import static com.foobar.ApiResponses.body;
import static com.foobar.ApiResponses.created;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests how comments are written, listed and deleted, and who can do so. */
abstract class CommentContract extends SiteContract {

	@Test
	void newCommentIsReturnedAsInTheList() {
		String slug = publishArticle(register());
		String reader = registerOther("reader");
		String first = created(comment(slug, registerOther("third"), "First 🐢"));
		String second = created(comment(slug, reader, "Second"));
		assertThat(JsonPath.<Object>read(first, "$.comment.id")).isInstanceOf(Integer.class);
		assertThat(JsonPath.<String>read(first, "$.comment.body")).isEqualTo("First 🐢");
		assertThat(JsonPath.<String>read(first, "$.comment.createdAt")).matches(TIMESTAMP)
			.isEqualTo(JsonPath.read(first, "$.comment.updatedAt"));
		assertThat(JsonPath.<Map<String, Object>>read(second, "$.comment.author"))
			.containsEntry("username", this.name + "-reader")
			.containsEntry("bio", null)
			.containsEntry("image", null)
			.containsEntry("following", false);
		String read = body(get("/api/articles/" + slug + "/comments").expectStatus().isOk());
		assertThat(read).isEqualTo("{\"comments\":[%s,%s]}".formatted(unwrap(second), unwrap(first)));
	}

	@Test
	void commentsTellWhetherTheReaderFollowsTheAuthor() {
		String token = register();
		String slug = publishArticle(token);
		String reader = registerOther("reader");
		comment(slug, token, "Mine").expectStatus().isCreated();
		for (HttpMethod method : List.of(HttpMethod.POST, HttpMethod.DELETE)) {
			request(method, "/api/profiles/" + this.name + "/follow", reader).expectStatus().isOk();
			request(HttpMethod.GET, "/api/articles/" + slug + "/comments", reader).expectBody()
				.jsonPath("$.comments[0].author.following")
				.isEqualTo(method.equals(HttpMethod.POST));
		}
	}

	@Test
	void articleWithoutCommentsHasAnEmptyList() {
		get("/api/articles/" + publishArticle(register()) + "/comments").expectStatus()
			.isOk()
			.expectBody()
			.json("{\"comments\":[]}");
		assertError(get("/api/articles/no-such-article/comments"), 404, "article", "not found");
	}

	@Test
	void onlyTheAuthorCanDeleteAComment() {
		String token = register();
		String slug = publishArticle(token);
		String comments = "/api/articles/" + slug + "/comments";
		String reader = registerOther("reader");
		int id = JsonPath.read(created(comment(slug, reader, "Read it")), "$.comment.id");
		int kept = JsonPath.read(created(comment(slug, reader, "Read it again")), "$.comment.id");
		String elsewhere = JsonPath.read(created(publish(token, "Elsewhere by " + this.name)), "$.article.slug");
		assertError(this.client.delete().uri("/api/articles/no-such-article/comments/" + id).exchange(), 401, "token",
				"is missing");
		assertError(request(HttpMethod.DELETE, "/api/articles/no-such-article/comments/0", token), 404, "article",
				"not found");
		assertError(request(HttpMethod.DELETE, comments + "/0", token), 404, "comment", "not found");
		assertError(request(HttpMethod.DELETE, "/api/articles/" + elsewhere + "/comments/" + id, reader), 404,
				"comment", "not found");
		assertError(request(HttpMethod.DELETE, comments + "/x", reader), 404, "comment", "not found");
		assertError(request(HttpMethod.DELETE, comments + "/" + id, token), 403, "comment", "forbidden");
		request(HttpMethod.DELETE, comments + "/" + id, reader).expectStatus().isNoContent().expectBody().isEmpty();
		assertError(request(HttpMethod.DELETE, comments + "/" + id, reader), 404, "comment", "not found");
		get(comments).expectBody().jsonPath("$.comments[*].id").isEqualTo(List.of(kept));
	}

	@Test
	void missingArticleComesBeforeAnInvalidCommentId() {
		String token = register();
		assertError(request(HttpMethod.DELETE, "/api/articles/no-such-article/comments/x", token), 404, "article",
				"not found");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"comment":{}}               | body    | can't be blank
			{"comment":{"body":null}}    | body    | can't be blank
			{"comment":{"body":" "}}     | body    | can't be blank
			{"comment":{"body":5}}       | body    | has the wrong type
			{}                           | comment | can't be blank
			""")
	void reportsInvalidComments(String body, String field, String message) {
		String token = register();
		String comments = "/api/articles/" + publishArticle(token) + "/comments";
		assertError(send(HttpMethod.POST, comments, token, body), 422, field, message);
		get(comments).expectBody().json("{\"comments\":[]}");
	}

	@Test
	void commentNeedsASignInAndThenAnArticle() {
		String token = register();
		assertError(post("/api/articles/no-such-article/comments", "{\"comment\":{}}"), 401, "token", "is missing");
		for (String body : List.of("", "A comment")) {
			assertError(comment("no-such-article", token, body), 404, "article", "not found");
		}
		assertError(comment(publishArticle(token), token, "x".repeat(10_001)), 422, "body",
				"has more than 10000 characters");
	}

	@Test
	void commentsStayWithARenamedArticleAndGoWithADeletedOne() throws Exception {
		String token = register();
		publish(token, "Old by " + this.name).expectStatus().isCreated();
		comment("old-by-" + this.name, token, "Stays").expectStatus().isCreated();
		changeTitle(token, "old-by-" + this.name, "New", "new-by-" + this.name);
		assertMoved("GET", "/api/articles/old-by-" + this.name + "/comments", 301,
				"/api/articles/new-by-" + this.name + "/comments");
		assertMoved("DELETE", "/api/articles/old-by-" + this.name + "/comments/5", 308,
				"/api/articles/new-by-" + this.name + "/comments/5");
		assertError(request(HttpMethod.DELETE, "/api/articles/old-by-" + this.name + "/comments/" + "5".repeat(9000),
				token), 404, "article", "not found");
		String comments = "/api/articles/new-by-" + this.name + "/comments";
		get(comments).expectBody().jsonPath("$.comments[0].body").isEqualTo("Stays");
		request(HttpMethod.DELETE, "/api/articles/new-by-" + this.name, token).expectStatus().isNoContent();
		assertError(get(comments), 404, "article", "not found");
		publish(token, "New by " + this.name).expectStatus().isCreated();
		get(comments).expectBody().json("{\"comments\":[]}");
	}

	@Test
	void concurrentCommentsOnADeletedArticleAreStoredOrGet404() throws Exception {
		String token = register();
		String slug = publishArticle(token);
		Callable<Integer> commenting = () -> comment(slug, token, "Too late?").returnResult(byte[].class)
			.getStatus()
			.value();
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			var deletion = threads
				.submit(() -> request(HttpMethod.DELETE, "/api/articles/" + slug, token).returnResult(byte[].class)
					.getStatus()
					.value());
			assertThat(threads.invokeAll(Collections.nCopies(20, commenting)))
				.allSatisfy((comment) -> assertThat(comment.get()).isIn(201, 404));
			assertThat(deletion.get()).isEqualTo(204);
		}
	}

	private ResponseSpec comment(String slug, String token, String body) {
		return send(HttpMethod.POST, "/api/articles/" + slug + "/comments", token,
				Map.of("comment", Map.of("body", body)));
	}

	// Returns the JSON of the comment without its wrapper object.
	private static String unwrap(String response) {
		return response.substring("{\"comment\":".length(), response.length() - 1);
	}

}
