package com.foobar.site;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.client.EntityExchangeResult;

import static com.foobar.ApiResponses.assertError;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the pagination of the API's lists of comments and tags: limit, offset, the
 * maximum size, and the link to the next part.
 */
abstract class PaginationContract extends ManyCommentsContract {

	@Test
	void apiListsTheNewest1000CommentsAndLinksToTheNext() {
		insertNumberedComments(1050);
		var newest = read(this.comments);
		assertThat(bodies(newest)).isEqualTo(numberedComments(1050, 51));
		assertThat(link(newest)).isEqualTo("<%s?limit=1000&offset=1000>; rel=\"next\"".formatted(this.comments));
		var rest = read(this.comments + "?limit=1000&offset=1000");
		assertThat(bodies(rest)).isEqualTo(numberedComments(50, 1));
		assertThat(link(rest)).isNull();
		var part = read(this.comments + "?limit=2&offset=1");
		assertThat(bodies(part)).isEqualTo(numberedComments(1049, 1048));
		assertThat(link(part)).isEqualTo("<%s?limit=2&offset=3>; rel=\"next\"".formatted(this.comments));
		assertThat(bodies(read(this.comments + "?offset=5000"))).isEmpty();
	}

	@Test
	void apiListsAtMostTwoMegabytesOfComments() {
		insertComments(IntStream.range(0, 110).mapToObj((n) -> "\"".repeat(10_000)).toList());
		var newest = read(this.comments);
		assertThat(newest.getResponseBody().length()).isBetween(1_900_000, 2_100_000);
		int listed = bodies(newest).size();
		assertThat(listed).isLessThan(110);
		assertThat(link(newest)).isEqualTo("<%s?limit=1000&offset=%d>; rel=\"next\"".formatted(this.comments, listed));
		assertThat(bodies(read(this.comments + "?offset=" + listed))).hasSize(110 - listed);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"", "\\", "\n", "\t", "<", "\u00e9", "\ud83d\ude00" })
	void apiCountsEscapedBodiesImagesAndBios(String letter) {
		changeAuthorProfile(letter.repeat(1000), letter.repeat(1000));
		insertComments(Collections.nCopies(1000, letter.repeat(1000)));
		byte[] response = get(this.comments).expectStatus().isOk().expectBody().returnResult().getResponseBodyContent();
		assertThat(response).hasSizeBetween(1_900_000, 2_300_000);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			limit=0    | limit  | must be between 1 and 1000
			limit=1001 | limit  | must be between 1 and 1000
			offset=-1  | offset | must not be negative
			limit=many | limit  | is not valid
			""")
	void invalidLimitsAndOffsetsAreRefused(String query, String parameter, String message) {
		for (String list : List.of(this.comments, "/api/tags")) {
			assertError(get(list + "?" + query), 422, parameter, message);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "limit=0", "limit=many", "offset=-1", "limit=10" })
	void missingArticleComesBeforeInvalidParameters(String query) {
		for (String authorization : List.of("", "Token " + issueToken())) {
			this.client.get()
				.uri("/api/articles/nowhere/comments?" + query)
				.header("Authorization", authorization)
				.exchange()
				.expectStatus()
				.isNotFound()
				.expectBody()
				.json("{\"errors\": {\"article\": [\"not found\"]}}");
		}
	}

	@Test
	void apiListsTheLatest1000TagsIncludingThoseAddedToOldArticles() {
		for (int batch = 0; batch < 3; batch++) {
			addTags(batch);
		}
		var tags = read("/api/tags");
		assertThat(tagList(tags)).hasSize(1000).isSorted();
		assertThat(link(tags)).isEqualTo("</api/tags?limit=1000&offset=1000>; rel=\"next\"");
		assertThat(tagList(read("/api/tags?limit=1000&offset=1000"))).isNotEmpty()
			.doesNotContainAnyElementsOf(tagList(tags));
		String added = "added-" + this.name;
		changeArticle(issueToken(), this.slug, "{\"article\":{\"tagList\":[\"%s\"]}}".formatted(added));
		assertThat(tagList(read("/api/tags"))).hasSize(1000).contains(added);
		request(HttpMethod.DELETE, "/api/articles/" + this.slug, issueToken()).expectStatus().isNoContent();
		assertThat(tagList(read("/api/tags"))).doesNotContain(added);
		this.jdbc.sql("DELETE FROM articles WHERE slug LIKE :slug")
			.param("slug", "tagged-" + this.name + "-%")
			.update();
	}

	// Inserts an article with 400 tags. Each batch has a later time than the one before.
	private void addTags(int batch) {
		String tagged = "tagged-%s-%d".formatted(this.name, batch);
		LocalDateTime later = LocalDateTime.now(ZoneOffset.UTC).plusSeconds(batch - 10);
		this.jdbc.sql("""
				INSERT INTO articles (slug, title, description, body, author_id, created_at, updated_at)
				SELECT :slug, 'Tagged', 'Tagged', 'Tagged', author_id, :at, :at FROM articles WHERE id = :like
				""").param("slug", tagged).param("at", later).param("like", this.article).update();
		long id = this.jdbc.sql("SELECT id FROM articles WHERE slug = :slug")
			.param("slug", tagged)
			.query(Long.class)
			.single();
		String row = "(%d, CONCAT('t', ?, '-%s'), ?)".formatted(id, this.name);
		List<Object> parameters = new ArrayList<>();
		IntStream.range(0, 400).forEach((n) -> parameters.addAll(List.of(batch * 400 + n, later)));
		this.jdbc
			.sql("INSERT INTO article_tags (article_id, tag, article_created_at) VALUES "
					+ String.join(", ", Collections.nCopies(400, row)))
			.params(parameters)
			.update();
	}

	private EntityExchangeResult<String> read(String uri) {
		return this.client.get().uri(uri).exchange().expectStatus().isOk().expectBody(String.class).returnResult();
	}

	private static List<String> bodies(EntityExchangeResult<String> response) {
		return JsonPath.read(Objects.requireNonNull(response.getResponseBody()), "$.comments[*].body");
	}

	private static List<String> tagList(EntityExchangeResult<String> response) {
		return JsonPath.read(Objects.requireNonNull(response.getResponseBody()), "$.tags");
	}

	private static String link(EntityExchangeResult<String> response) {
		return response.getResponseHeaders().getFirst("Link");
	}

}
