package com.foobar.browser;

import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import com.microsoft.playwright.APIRequest;
import com.microsoft.playwright.APIRequestContext;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.RequestOptions;

/**
 * A user who writes through the API, because that is faster than through the browser.
 * Each method throws an {@link IllegalStateException} if the response is an error.
 */
record Author(String name, APIRequestContext api) {

	/** Registers a user and signs in. */
	static Author register(Playwright playwright, String site, String name) {
		var anonymous = playwright.request().newContext(new APIRequest.NewContextOptions().setBaseURL(site));
		var user = Map.of("username", name, "email", name + "@example.com", "password", Visitor.PASSWORD);
		String token = JsonPath.read(post(anonymous, "/api/users", Map.of("user", user)).text(), "$.user.token");
		return new Author(name,
				playwright.request()
					.newContext(new APIRequest.NewContextOptions().setBaseURL(site)
						.setExtraHTTPHeaders(Map.of("Authorization", "Token " + token))));
	}

	/** Publishes an article and returns its slug. */
	String publish(String title, String body, String... tags) {
		var article = Map.of("title", title, "description", "What %s thinks of it".formatted(this.name), "body", body,
				"tagList", List.of(tags));
		return JsonPath.read(post("/api/articles", Map.of("article", article)).text(), "$.article.slug");
	}

	Author changeBio(String bio) {
		put("/api/user", Map.of("user", Map.of("bio", bio)));
		return this;
	}

	Author comment(String slug, String text) {
		post("/api/articles/" + slug + "/comments", Map.of("comment", Map.of("body", text)));
		return this;
	}

	Author favorite(String slug) {
		post("/api/articles/" + slug + "/favorite", Map.of());
		return this;
	}

	Author follow(String name) {
		post("/api/profiles/" + name + "/follow", Map.of());
		return this;
	}

	private APIResponse post(String path, Object body) {
		return post(this.api, path, body);
	}

	private static APIResponse post(APIRequestContext api, String path, Object body) {
		return requireOk(api.post(path, RequestOptions.create().setData(body)));
	}

	private void put(String path, Object body) {
		requireOk(this.api.put(path, RequestOptions.create().setData(body)));
	}

	private static APIResponse requireOk(APIResponse response) {
		if (!response.ok()) {
			throw new IllegalStateException(
					"%s responded with status %d: %s".formatted(response.url(), response.status(), response.text()));
		}
		return response;
	}

}
