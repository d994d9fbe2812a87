package com.foobar.site;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

import static com.foobar.site.ArticleResponses.assertList;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests favorites and their number. */
abstract class FavoriteContract extends SiteContract {

	@Test
	void repeatedFavoriteCountsOnce() {
		String slug = publishArticle(register());
		String reader = registerOther("reader");
		for (int i = 0; i < 2; i++) {
			request(HttpMethod.POST, "/api/articles/" + slug + "/favorite", reader).expectStatus()
				.isOk()
				.expectBody()
				.jsonPath("$.article.slug")
				.isEqualTo(slug)
				.jsonPath("$.article.body")
				.isEqualTo("All of it")
				.jsonPath("$.article.favorited")
				.isEqualTo(true)
				.jsonPath("$.article.favoritesCount")
				.isEqualTo(1);
		}
		assertList(get("/api/articles?author=%s&favorited=%s-reader".formatted(this.name, this.name)), 1, 1);
		get("/api/articles/" + slug).expectBody()
			.jsonPath("$.article.favorited")
			.isEqualTo(false)
			.jsonPath("$.article.favoritesCount")
			.isEqualTo(1);
	}

	@Test
	void repeatedUnfavoriteCountsOnce() {
		String slug = publishArticle(register());
		String reader = registerOther("reader");
		request(HttpMethod.POST, "/api/articles/" + slug + "/favorite", reader).expectStatus().isOk();
		for (int i = 0; i < 2; i++) {
			request(HttpMethod.DELETE, "/api/articles/" + slug + "/favorite", reader).expectStatus()
				.isOk()
				.expectBody()
				.jsonPath("$.article.slug")
				.isEqualTo(slug)
				.jsonPath("$.article.favorited")
				.isEqualTo(false)
				.jsonPath("$.article.favoritesCount")
				.isEqualTo(0);
		}
	}

	@Test
	void favoriteNeedsASignInAndThenAnArticle() {
		assertNeedsSignInAndThen("article", "/api/articles/no-such-article/favorite");
	}

	@Test
	void countsFavoritesExactlyDuringConcurrentChanges() throws Exception {
		String slug = publishArticle(register());
		List<Callable<Integer>> readers = IntStream.range(0, 100).<Callable<Integer>>mapToObj((i) -> {
			String reader = newUser().token();
			HttpMethod secondMethod = (i % 2 == 0) ? HttpMethod.POST : HttpMethod.DELETE;
			return () -> status(HttpMethod.POST, slug, reader) + status(secondMethod, slug, reader);
		}).toList();
		// Each commit waits for the one before it, so more at once would be refused where
		// the disk is slow.
		try (var threads = Executors.newFixedThreadPool(20)) {
			assertThat(threads.invokeAll(readers)).allSatisfy((reader) -> assertThat(reader.get()).isEqualTo(400));
		}
		get("/api/articles/" + slug).expectBody().jsonPath("$.article.favoritesCount").isEqualTo(50);
	}

	private int status(HttpMethod method, String slug, String token) {
		return request(method, "/api/articles/" + slug + "/favorite", token).returnResult(byte[].class)
			.getStatus()
			.value();
	}

}
