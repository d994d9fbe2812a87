package com.foobar.site;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.foobar.web.security.SignInTokens;
import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.config.ScheduledTask;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import static com.foobar.ApiResponses.assertError;
import static com.foobar.ApiResponses.body;
import static com.foobar.ApiResponses.created;
import static com.foobar.ApiResponses.token;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Base class of the contracts. It sends requests to the API as a user whose name no other
 * test has. A contract tests one feature in every environment. It has no Spring
 * configuration: the test class of each environment contains a nested subclass of it.
 */
abstract class SiteContract {

	static final String TIMESTAMP = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3,6}Z";

	private static final AtomicInteger number = new AtomicInteger();

	@Autowired
	RestTestClient client;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	SignInTokens tokens;

	@Autowired
	MovableClock clock;

	@Autowired
	ScheduledTaskHolder schedule;

	@LocalServerPort
	int port;

	final String name = "visitor" + number.incrementAndGet();

	@AfterEach
	void resetClock() {
		this.clock.reset();
	}

	/** Registers the test's user, and returns their token. */
	final String register() {
		return register(this.name);
	}

	/** Registers another user, and returns their token. */
	final String registerOther(String suffix) {
		return register(this.name + "-" + suffix);
	}

	private String register(String username) {
		return token(
				post("/api/users", user(username, username + "@example.com", "password1")).expectStatus().isCreated());
	}

	/**
	 * Returns a new token of the test's user, who may have registered through the API or
	 * on a page.
	 */
	final String issueToken() {
		return this.jdbc.sql("SELECT id, password FROM users WHERE username = :name")
			.param("name", this.name)
			.query((row, index) -> this.tokens.issue(row.getLong("id"), row.getString("password")))
			.single();
	}

	/**
	 * Returns the client of a new user. The user has no valid password, because hashing a
	 * password is slow.
	 */
	final UserClient newUser() {
		return UserClient.add(this.jdbc, this.tokens, this.port);
	}

	final ResponseSpec signIn(String password) {
		return post("/api/users/login",
				Map.of("user", Map.of("email", this.name + "@example.com", "password", password)));
	}

	final ResponseSpec currentUser(String token) {
		return request(HttpMethod.GET, "/api/user", token);
	}

	final ResponseSpec changeUser(String token, Map<String, String> user) {
		return send(HttpMethod.PUT, "/api/user", token, Map.of("user", user));
	}

	final ResponseSpec publish(String token, String title) {
		return send(HttpMethod.POST, "/api/articles", token, article(title));
	}

	/** Publishes an article, and returns its slug. */
	final String publishArticle(String token) {
		return JsonPath.read(created(publish(token, "Written by " + this.name)), "$.article.slug");
	}

	/** Changes an article, and returns the response's body. */
	final String changeArticle(String token, String slug, String body) {
		return body(send(HttpMethod.PUT, "/api/articles/" + slug, token, body).expectStatus().isOk());
	}

	/** Changes the title of an article, and checks its new slug. */
	final void changeTitle(String token, String slug, String title, String expected) {
		String response = changeArticle(token, slug,
				"{\"article\":{\"title\":\"%s by %s\"}}".formatted(title, this.name));
		assertThat(JsonPath.<String>read(response, "$.article.slug")).isEqualTo(expected);
	}

	/** Runs the scheduled tasks whose names contain a text. Fails if there is none. */
	final void runTask(String name) {
		List<ScheduledTask> tasks = this.schedule.getScheduledTasks()
			.stream()
			.filter((task) -> task.toString().contains(name))
			.toList();
		assertThat(tasks).isNotEmpty();
		tasks.forEach((task) -> task.getTask().getRunnable().run());
	}

	final ResponseSpec post(String path, Object body) {
		return this.client.post().uri(path).contentType(MediaType.APPLICATION_JSON).body(body).exchange();
	}

	final ResponseSpec get(String path) {
		return this.client.get().uri(path).exchange();
	}

	final ResponseSpec request(HttpMethod method, String path, String token) {
		return signedIn(method, path, token).exchange();
	}

	final ResponseSpec send(HttpMethod method, String path, String token, Object body) {
		return signedIn(method, path, token).body(body).exchange();
	}

	final RestTestClient.RequestBodySpec signedIn(HttpMethod method, String path, String token) {
		return this.client.method(method)
			.uri(path)
			.header("Authorization", "Token " + token)
			.contentType(MediaType.APPLICATION_JSON);
	}

	/**
	 * Checks that a POST and a DELETE get 401 without a token. Checks that they get 404
	 * with a token, because the path contains a name that does not exist.
	 */
	final void assertNeedsSignInAndThen(String missing, String path) {
		String token = register();
		for (HttpMethod method : List.of(HttpMethod.POST, HttpMethod.DELETE)) {
			assertError(this.client.method(method).uri(path).exchange(), 401, "token", "is missing");
			assertError(request(method, path, token), 404, missing, "not found");
		}
	}

	/**
	 * Checks a redirect. This method uses a client of its own, because the client of the
	 * other requests follows redirects.
	 */
	final void assertMoved(String method, String path, int status, String location) throws Exception {
		var request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.header("Authorization", "Token " + issueToken())
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build();
		try (var client = HttpClient.newHttpClient()) {
			var response = client.send(request, HttpResponse.BodyHandlers.ofString());
			assertThat(response.statusCode()).isEqualTo(status);
			assertThat(response.headers().firstValue("Location")).hasValue(location);
			assertThat(response.headers().firstValue("Cache-Control"))
				.hasValueSatisfying((control) -> assertThat(control).contains("no-store"));
		}
	}

	static Map<String, Map<String, String>> user(String username, String email, String password) {
		return Map.of("user", Map.of("username", username, "email", email, "password", password));
	}

	static Map<String, Map<String, Object>> article(String title) {
		return Map.of("article", Map.of("title", title, "description", "About it", "body", "All of it", "tagList",
				List.of("zebras", "apples", "zebras")));
	}

}
