package com.foobar.site;

import java.net.http.HttpClient;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/**
 * Calls the API of one version of the site as one visitor. Each call throws an exception
 * if the response has an error status.
 */
final class ApiClient {

	// The client follows redirects, because a renamed article redirects to its new
	// address.
	private static final HttpClient http = HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NORMAL).build();

	private final RestClient client;

	private final String token;

	private ApiClient(RestClient client, String token) {
		this.client = client;
		this.token = token;
	}

	/** Returns a client that is not signed in. */
	static ApiClient anonymous(String url) {
		return new ApiClient(builder(url).build(), "");
	}

	/** Registers a user whose email and password follow from the name. */
	static void register(String url, String name) {
		anonymous(url).post("/api/users", Map.of("user", account(name)));
	}

	/** Returns a client of a registered user who is signed in. */
	static ApiClient signIn(String url, String name) {
		String token = JsonPath.read(anonymous(url).post("/api/users/login", Map.of("user", account(name))),
				"$.user.token");
		return signedIn(url, token);
	}

	private static ApiClient signedIn(String url, String token) {
		return new ApiClient(builder(url).defaultHeader(HttpHeaders.AUTHORIZATION, "Token " + token).build(), token);
	}

	/** Returns a client with the same token for another instance. */
	ApiClient withUrl(String url) {
		return signedIn(url, this.token);
	}

	private static RestClient.Builder builder(String url) {
		return RestClient.builder().baseUrl(url).requestFactory(new JdkClientHttpRequestFactory(http));
	}

	private static Map<String, String> account(String name) {
		return Map.of("username", name, "email", name + "@example.com", "password", "password1");
	}

	/** Publishes an article and returns its slug. */
	String publish(String title, String... tags) {
		var article = Map.of("title", title, "description", "About it", "body", "All of it", "tagList", List.of(tags));
		return JsonPath.read(post("/api/articles", Map.of("article", article)), "$.article.slug");
	}

	/** Changes the title of an article and returns its new slug. */
	String retitle(String slug, String title) {
		return JsonPath.read(update(slug, "title", title), "$.article.slug");
	}

	void retag(String slug, String... tags) {
		update(slug, "tagList", List.of(tags));
	}

	private String update(String slug, String field, Object value) {
		return put("/api/articles/" + slug, Map.of("article", Map.of(field, value)));
	}

	void favorite(String slug) {
		post("/api/articles/%s/favorite".formatted(slug), Map.of());
	}

	/** Writes a comment and returns its id. */
	int comment(String slug, String body) {
		String path = "/api/articles/%s/comments".formatted(slug);
		return JsonPath.read(post(path, Map.of("comment", Map.of("body", body))), "$.comment.id");
	}

	/** Returns the value at a JSONPath in the response. */
	<T> T get(String uri, String path) {
		return JsonPath.read(exchange(HttpMethod.GET, uri, Map.of()), path);
	}

	String post(String uri, Map<String, ?> body) {
		return exchange(HttpMethod.POST, uri, body);
	}

	String put(String uri, Map<String, ?> body) {
		return exchange(HttpMethod.PUT, uri, body);
	}

	void delete(String uri) {
		exchange(HttpMethod.DELETE, uri, Map.of());
	}

	// Throws an exception if the response has an error status.
	private String exchange(HttpMethod method, String uri, Map<String, ?> body) {
		RestClient.RequestBodySpec request = this.client.method(method).uri(uri);
		if (!body.isEmpty()) {
			request.contentType(MediaType.APPLICATION_JSON).body(body);
		}
		return String.valueOf(request.retrieve().body(String.class));
	}

}
