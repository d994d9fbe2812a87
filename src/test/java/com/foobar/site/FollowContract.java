package com.foobar.site;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

import static com.foobar.ApiResponses.assertError;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests how users follow authors, and the feed of their articles. */
abstract class FollowContract extends SiteContract {

	@Test
	void feedHasTheArticlesOfFollowedAuthors() {
		publishArticle(register());
		String reader = registerOther("reader");
		String path = "/api/profiles/" + this.name.toUpperCase(Locale.ROOT) + "/follow";
		for (HttpMethod method : List.of(HttpMethod.POST, HttpMethod.POST, HttpMethod.DELETE, HttpMethod.DELETE)) {
			boolean following = method.equals(HttpMethod.POST);
			request(method, path, reader).expectStatus()
				.isOk()
				.expectBody()
				.jsonPath("$.profile.username")
				.isEqualTo(this.name)
				.jsonPath("$.profile.bio")
				.hasJsonPath()
				.jsonPath("$.profile.image")
				.hasJsonPath()
				.jsonPath("$.profile.following")
				.isEqualTo(following);
			request(HttpMethod.GET, "/api/articles/feed", reader).expectBody()
				.jsonPath("$.articlesCount")
				.isEqualTo(following ? 1 : 0)
				.jsonPath("$.articles[*].author.following")
				.value((List<Boolean> each) -> assertThat(each).isEqualTo(following ? List.of(true) : List.of()));
		}
	}

	@Test
	void followingNeedsASignInAndThenAProfile() {
		assertNeedsSignInAndThen("profile", "/api/profiles/no-such-visitor/follow");
	}

	@Test
	void usersCannotFollowThemselves() {
		String token = register();
		String path = "/api/profiles/" + this.name.toUpperCase(Locale.ROOT) + "/follow";
		assertError(request(HttpMethod.POST, path, token), 422, "profile", "is your own");
		request(HttpMethod.DELETE, path, token).expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.profile.following")
			.isEqualTo(false);
	}

	@Test
	void concurrentFollowsSucceed() throws Exception {
		register();
		String reader = registerOther("reader");
		String path = "/api/profiles/" + this.name + "/follow";
		Callable<Integer> following = () -> request(HttpMethod.POST, path, reader).returnResult(byte[].class)
			.getStatus()
			.value();
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			assertThat(threads.invokeAll(Collections.nCopies(10, following)))
				.allSatisfy((status) -> assertThat(status.get()).isEqualTo(200));
		}
		request(HttpMethod.GET, "/api/profiles/" + this.name, reader).expectBody()
			.jsonPath("$.profile.following")
			.isEqualTo(true);
	}

}
