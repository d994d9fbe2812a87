package com.foobar.site;

import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

/** Checks responses of the API that list articles. */
final class ArticleResponses {

	private ArticleResponses() {
	}

	/**
	 * Checks the total number of articles, and the number of articles in the response.
	 */
	static void assertList(ResponseSpec response, int count, int listed) {
		response.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.articlesCount")
			.isEqualTo(count)
			.jsonPath("$.articles.length()")
			.isEqualTo(listed);
	}

}
