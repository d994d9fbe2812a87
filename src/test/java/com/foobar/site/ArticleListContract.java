package com.foobar.site;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

import static com.foobar.ApiResponses.assertError;
import static com.foobar.site.ArticleResponses.assertList;

/** Tests the lists of articles and of tags. */
abstract class ArticleListContract extends SiteContract {

	@Test
	void listsAreNewestFirstWithoutBodiesAndCountEverything() {
		String token = register();
		for (int i = 1; i <= 3; i++) {
			publish(token, "Number %d by %s".formatted(i, this.name));
		}
		this.client.get()
			.uri("/api/articles?author={name}&limit=2&offset=0", this.name)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.articlesCount")
			.isEqualTo(3)
			.jsonPath("$.articles[*].title")
			.isEqualTo(List.of("Number 3 by " + this.name, "Number 2 by " + this.name))
			.jsonPath("$.articles[0].body")
			.doesNotHaveJsonPath();
		assertList(get("/api/articles?author=%s&limit=2&offset=2".formatted(this.name)), 3, 1);
	}

	@Test
	void filtersCombine() {
		publish(register(), "Filtered");
		assertList(get("/api/articles?author=%s&tag=apples".formatted(this.name)), 1, 1);
		assertList(get("/api/articles?author=%s&tag=APPLES".formatted(this.name)), 0, 0);
		assertList(get("/api/articles?author=%s&favorited=%s".formatted(this.name, this.name)), 0, 0);
		assertList(get("/api/articles?author=nobody"), 0, 0);
	}

	@Test
	void anyNumberIsAValidLimitAndOffset() {
		publish(register(), "Limited");
		assertList(get("/api/articles?author=%s&limit=0&offset=-5".formatted(this.name)), 1, 0);
		assertList(get("/api/articles?author=%s&limit=2147483647".formatted(this.name)), 1, 1);
		assertError(get("/api/articles?limit=many"), 422, "limit", "is not valid");
		assertError(get("/api/articles?offset=99999999999"), 422, "offset", "is not valid");
	}

	@Test
	void tagIsListedAsSoonAsItsArticleIsPublished() {
		String token = register();
		var article = new HashMap<>(article("Tagged").get("article"));
		article.put("tagList", List.of("only-" + this.name));
		send(HttpMethod.POST, "/api/articles", token, Map.of("article", article)).expectStatus().isCreated();
		get("/api/tags").expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.tags[?(@ == 'only-%s')]".formatted(this.name))
			.isNotEmpty();
	}

}
