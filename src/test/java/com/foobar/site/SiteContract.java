package com.foobar.site;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.foobar.web.security.SignInTokens;
import com.jayway.jsonpath.JsonPath;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.test.web.servlet.client.RestTestClient.BodyContentSpec;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks the contract of the API, which is the same on each database. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
@Import(ApiDescriptionCheck.class)
abstract class SiteContract {

	private static final String TIMESTAMP = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3,6}Z";

	private static final String TOO_LONG = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
			+ "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
			+ "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
			+ "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

	private static final AtomicInteger number = new AtomicInteger();

	@Autowired
	RestTestClient client;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	ScheduledTaskHolder schedule;

	@Autowired
	SignInTokens tokens;

	@LocalServerPort
	int port;

	private final String name = "visitor" + number.incrementAndGet();

	@Test
	void registrationReturnsTheUserWithEveryField() {
		post("/api/users", user(this.name, this.name + "@example.com", "password1")).expectStatus()
			.isCreated()
			.expectHeader()
			.contentType("application/json;charset=UTF-8")
			.expectBody()
			.jsonPath("$.user.username")
			.isEqualTo(this.name)
			.jsonPath("$.user.email")
			.isEqualTo(this.name + "@example.com")
			.jsonPath("$.user.token")
			.isNotEmpty()
			.jsonPath("$.user.bio")
			.hasJsonPath()
			.jsonPath("$.user.bio")
			.isEmpty()
			.jsonPath("$.user.image")
			.hasJsonPath()
			.jsonPath("$.user.image")
			.isEmpty();
	}

	@Test
	void namesAndEmailsAreUniqueIgnoringCase() {
		register();
		String upper = this.name.toUpperCase(Locale.ROOT);
		error(post("/api/users", user(upper, "other@example.com", "password1")), 409, "username",
				"has already been taken");
		error(post("/api/users", user("other", upper + "@EXAMPLE.COM", "password1")), 409, "email",
				"has already been taken");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{"user":{"email":"a@b.c","password":"password1"}}                      | username | can't be blank
					{"user":{"username":null,"email":"a@b.c","password":"password1"}}      | username | can't be blank
					{"user":{"username":"  ","email":"a@b.c","password":"password1"}}      | username | can't be blank
					{"user":{"username":"x","email":"","password":"password1"}}            | email    | can't be blank
					{"user":{"username":"x","email":"a@b.c","password":""}}                | password | can't be blank
					{"user":{"username":"x","email":"a@b.c","password":"short"}}           | password | needs 8 to 256 characters
					{"user":{"username":"x","email":"nobody","password":"password1"}}      | email    | is not an email address
					{"user":{"username":"x/y","email":"a@b.c","password":"password1"}}     | username | may not contain / \\ ? # % ; nor be . or .. nor begin or end with a space
					{"user":{"username":5,"email":"a@b.c","password":"password1"}}         | username | has the wrong type
					{"user":{"username":["x"],"email":"a@b.c","password":"password1"}}     | username | has the wrong type
					{"user":"x"}                                                           | user     | has the wrong type
					{}                                                                     | user     | can't be blank
					[]                                                                     | body     | has the wrong type
					""")
	void reportsInvalidFields(String body, String field, String message) {
		error(post("/api/users", body), 422, field, message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a/b", "a?b", "50%", "a;b", ".", "..", "" })
	void tagsThatDoNotFitIntoUrlsAreRefused(String tag) {
		var article = new HashMap<>(article("Tagged").get("article"));
		article.put("tagList", List.of("fine", tag));
		authorized(register(), Map.of("article", article)).expectStatus().isEqualTo(422);
	}

	@Test
	void unpairedSurrogateIsRefused() {
		error(post("/api/users", """
				{"user":{"username":"x\\ud800","email":"a@b.c","password":"password1"}}
				"""), 422, "username", "has the wrong type");
	}

	@Test
	void nameThatLooksLikeAConstraintIsReportedAsAName() {
		post("/api/users", user("users_email", this.name + "@example.com", "password1"));
		error(post("/api/users", user("users_email", this.name + "2@example.com", "password1")), 409, "username",
				"has already been taken");
	}

	@Test
	void reportsAllInvalidFieldsAtOnce() {
		post("/api/users", "{\"user\":{}}").expectStatus().isEqualTo(422).expectBody().json("""
				{"errors": {"email": ["can't be blank"], "password": ["can't be blank"],
				  "username": ["can't be blank"]}}
				""");
	}

	@Test
	void reportsOverlongFields() {
		error(post("/api/users", user("x".repeat(65), this.name + "@example.com", "password1")), 422, "username",
				"has more than 64 characters");
	}

	@Test
	void malformedJsonIsReported() {
		error(post("/api/users", "{\"user\":"), 400, "body", "is not valid JSON");
		error(post("/api/users", ""), 422, "body", "can't be blank");
	}

	@Test
	void unknownPathsAndMethodsGetTheErrorFormat() {
		error(this.client.get().uri("/api/nowhere").exchange(), 404, "path", "not found");
		error(this.client.method(HttpMethod.PATCH)
			.uri("/api/tags")
			.header("Authorization", "Token " + register())
			.exchange(), 405, "method", "not allowed");
		error(this.client.post().uri("/api/users").contentType(MediaType.TEXT_PLAIN).body("x").exchange(), 415,
				"content-type", "not supported");
	}

	@Test
	void signInReturnsATokenForAllAuthorizationSchemes() {
		register();
		String token = token(post("/api/users/login",
				Map.of("user",
						Map.of("email", this.name.toUpperCase(Locale.ROOT) + "@example.com", "password", "password1")))
			.expectStatus()
			.isOk()
			.expectBody());
		for (String scheme : List.of("Token ", "Bearer ")) {
			this.client.get()
				.uri("/api/user")
				.header("Authorization", scheme + token)
				.header("Content-Type", "application/json")
				.exchange()
				.expectStatus()
				.isOk()
				.expectBody()
				.jsonPath("$.user.username")
				.isEqualTo(this.name);
		}
	}

	@Test
	void wrongPasswordAndUnknownEmailGetTheSameResponse() {
		register();
		for (String email : List.of(this.name + "@example.com", "nobody@example.com")) {
			error(post("/api/users/login", Map.of("user", Map.of("email", email, "password", "wrong-one"))), 401,
					"credentials", "invalid");
		}
	}

	@Test
	void invalidTokensAreRefused() {
		this.client.get().uri("/api/user").exchange().expectHeader().valueEquals("WWW-Authenticate", "Token");
		for (String header : List.of("Token nonsense", "Token " + register() + "x", "Token", "Basic dTpw")) {
			error(this.client.get().uri("/api/user").header("Authorization", header).exchange(), 401, "token",
					"is missing");
		}
		error(post("/api/articles", article("Anonymous")), 401, "token", "is missing");
	}

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
		byte[] read = this.client.get()
			.uri("/api/articles/creme-brulee-by-" + this.name)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBodyContent();
		assertThat(new String(read)).isEqualTo(new String(published));
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
	void equalTitlesGetDistinctSlugs() {
		String token = register();
		publish(token, "Twice by " + this.name).expectStatus().isCreated();
		publish(token, "Twice by " + this.name).expectStatus()
			.isCreated()
			.expectBody()
			.jsonPath("$.article.slug")
			.value((String slug) -> assertThat(slug).matches("twice-by-" + this.name + "-[a-z0-9]{5,6}"));
	}

	@Test
	void blankArticleIsRefusedFieldByField() {
		String token = register();
		for (String field : List.of("title", "description", "body")) {
			var article = new HashMap<>(article("A title").get("article"));
			article.put(field, " ");
			error(authorized(token, Map.of("article", article)), 422, field, "can't be blank");
		}
	}

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
		list("/api/articles?author=%s&limit=2&offset=2".formatted(this.name), 3, 1);
	}

	@Test
	void filtersCombine() {
		publish(register(), "Filtered");
		list("/api/articles?author=%s&tag=apples".formatted(this.name), 1, 1);
		list("/api/articles?author=%s&tag=APPLES".formatted(this.name), 0, 0);
		list("/api/articles?author=%s&favorited=%s".formatted(this.name, this.name), 0, 0);
		list("/api/articles?author=nobody", 0, 0);
	}

	@Test
	void largeLimitsAreReduced() {
		publish(register(), "Limited");
		list("/api/articles?author=%s&limit=0&offset=-5".formatted(this.name), 1, 0);
		list("/api/articles?author=%s&limit=2147483647".formatted(this.name), 1, 1);
		error(this.client.get().uri("/api/articles?limit=many").exchange(), 422, "limit", "is not valid");
		error(this.client.get().uri("/api/articles?offset=99999999999").exchange(), 422, "offset", "is not valid");
	}

	@Test
	void signInIgnoresAnInvalidToken() {
		register();
		this.client.post()
			.uri("/api/users/login")
			.header("Authorization", "Token expired")
			.contentType(MediaType.APPLICATION_JSON)
			.body(Map.of("user", Map.of("email", this.name + "@example.com", "password", "password1")))
			.exchange()
			.expectStatus()
			.isOk();
	}

	@Test
	void answersOptionsRequests() {
		this.client.options()
			.uri("/api/articles")
			.exchange()
			.expectStatus()
			.isOk()
			.expectHeader()
			.value("Allow", (allowed) -> assertThat(allowed).contains("GET", "POST"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "//api/nowhere", "/api", "/%61pi/nowhere", "/api/articles/%ff", "/api/articles/%00",
			"/api/articles/a%2fb", "/api/articles/%zz" })
	void malformedUrlsGetTheErrorFormat(String address) throws IOException {
		try (var socket = new Socket("localhost", this.port)) {
			socket.getOutputStream()
				.write("GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".formatted(address)
					.getBytes(StandardCharsets.UTF_8));
			String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(response).matches("(?s)HTTP/1.1 4\\d\\d.*")
				.containsIgnoringCase("content-type: application/json;charset=utf-8")
				.contains("{\"errors\":{");
		}
	}

	@Test
	void unknownResourcesGet404() {
		error(this.client.get().uri("/api/articles/no-such-article").exchange(), 404, "article", "not found");
		error(this.client.get().uri("/api/profiles/nobody").exchange(), 404, "profile", "not found");
	}

	@Test
	void repeatedFavoriteCountsOnce() {
		String slug = publishArticle(register());
		String reader = join("reader");
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
		list("/api/articles?author=%s&favorited=%s-reader".formatted(this.name, this.name), 1, 1);
		this.client.get()
			.uri("/api/articles/" + slug)
			.exchange()
			.expectBody()
			.jsonPath("$.article.favorited")
			.isEqualTo(false)
			.jsonPath("$.article.favoritesCount")
			.isEqualTo(1);
	}

	@Test
	void repeatedUnfavoriteCountsOnce() {
		String slug = publishArticle(register());
		String reader = join("reader");
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

	private void assertNeedsSignInAndThen(String missing, String path) {
		String token = register();
		for (HttpMethod method : List.of(HttpMethod.POST, HttpMethod.DELETE)) {
			error(this.client.method(method).uri(path).exchange(), 401, "token", "is missing");
			error(request(method, path, token), 404, missing, "not found");
		}
	}

	@Test
	void countsFavoritesExactlyDuringConcurrentChanges() throws Exception {
		String slug = publishArticle(register());
		List<Callable<Integer>> readers = IntStream.range(0, 100).<Callable<Integer>>mapToObj((i) -> {
			String reader = insertUser("reader" + i);
			HttpMethod then = (i % 2 == 0) ? HttpMethod.POST : HttpMethod.DELETE;
			return () -> status(HttpMethod.POST, slug, reader) + status(then, slug, reader);
		}).toList();
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			assertThat(threads.invokeAll(readers)).allSatisfy((reader) -> assertThat(reader.get()).isEqualTo(400));
		}
		this.client.get()
			.uri("/api/articles/" + slug)
			.exchange()
			.expectBody()
			.jsonPath("$.article.favoritesCount")
			.isEqualTo(50);
	}

	private int status(HttpMethod method, String slug, String token) {
		return request(method, "/api/articles/" + slug + "/favorite", token).returnResult(byte[].class)
			.getStatus()
			.value();
	}

	@Test
	void feedHasTheArticlesOfFollowedAuthors() {
		publishArticle(register());
		String reader = join("reader");
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
				.jsonPath("$.articles[?(@.author.following == false)]")
				.isEmpty();
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
		error(request(HttpMethod.POST, path, token), 422, "profile", "is your own");
		request(HttpMethod.DELETE, path, token).expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.profile.following")
			.isEqualTo(false);
	}

	@Test
	void concurrentFollowsSucceed() throws Exception {
		register();
		String reader = join("reader");
		String path = "/api/profiles/" + this.name + "/follow";
		Callable<Integer> following = () -> request(HttpMethod.POST, path, reader).returnResult(byte[].class)
			.getStatus()
			.value();
		try (var clicks = Executors.newVirtualThreadPerTaskExecutor()) {
			assertThat(clicks.invokeAll(Collections.nCopies(10, following)))
				.allSatisfy((click) -> assertThat(click.get()).isEqualTo(200));
		}
		request(HttpMethod.GET, "/api/profiles/" + this.name, reader).expectBody()
			.jsonPath("$.profile.following")
			.isEqualTo(true);
	}

	@Test
	void changedArticleKeepsOmittedFields() {
		String token = register();
		String before = body(publish(token, "Kept by " + this.name));
		String after = changed(token, "kept-by-" + this.name, "{\"article\":{\"description\":\"New\"}}");
		assertThat(JsonPath.<String>read(after, "$.article.description")).isEqualTo("New");
		String volatiles = "\"(description|updatedAt)\":\"[^\"]*\"";
		assertThat(after.replaceAll(volatiles, "$1")).isEqualTo(before.replaceAll(volatiles, "$1"));
		assertThat(JsonPath.<String>read(after, "$.article.updatedAt")).matches(TIMESTAMP)
			.isGreaterThan(JsonPath.read(before, "$.article.updatedAt"));
		String unchanged = changed(token, "kept-by-" + this.name, "{\"article\":{}}");
		assertThat(JsonPath.<String>read(unchanged, "$.article.updatedAt"))
			.isGreaterThan(JsonPath.read(after, "$.article.updatedAt"));
		String read = new String(request(HttpMethod.GET, "/api/articles/kept-by-" + this.name, token).expectBody()
			.returnResult()
			.getResponseBodyContent(), StandardCharsets.UTF_8);
		assertThat(read).isEqualTo(unchanged);
	}

	@Test
	void changedTagsReplaceTheFormerOnes() {
		String token = register();
		String slug = publishArticle(token);
		assertThat(JsonPath.<List<String>>read(
				changed(token, slug, "{\"article\":{\"tagList\":[\"zebras\",\"bears\",\"bears\"]}}"),
				"$.article.tagList"))
			.containsExactly("bears", "zebras");
		assertThat(JsonPath.<List<String>>read(changed(token, slug, "{\"article\":{\"tagList\":[]}}"),
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
		error(send(HttpMethod.PUT, "/api/articles/" + publishArticle(token), token, body), 422, field, message);
	}

	@Test
	void onlyTheAuthorCanChangeOrDeleteAnArticle() {
		String slug = publishArticle(register());
		String other = join("other");
		for (HttpMethod method : List.of(HttpMethod.PUT, HttpMethod.DELETE)) {
			for (String body : List.of("{\"article\":{\"title\":\"New\"}}", "{\"article\":{\"title\":null}}")) {
				error(this.client.method(method)
					.uri("/api/articles/no-such-article")
					.contentType(MediaType.APPLICATION_JSON)
					.body(body)
					.exchange(), 401, "token", "is missing");
				error(send(method, "/api/articles/no-such-article", other, body), 404, "article", "not found");
				error(send(method, "/api/articles/" + slug, other, body), 403, "article", "forbidden");
			}
		}
		this.client.get().uri("/api/articles/" + slug).exchange().expectStatus().isOk();
	}

	@Test
	void newTitleChangesTheSlugAndFormerSlugsRedirect() throws Exception {
		String token = register();
		publish(token, "Röd by " + this.name).expectStatus().isCreated();
		changeTitle(token, "rod-by-" + this.name, "Blau", "blau-by-" + this.name);
		changeTitle(token, "blau-by-" + this.name, "青い", "青い-by-" + this.name);
		String address = "%E9%9D%92%E3%81%84-by-" + this.name;
		for (String former : List.of("rod-by-" + this.name, "blau-by-" + this.name)) {
			assertMoved("GET", "/api/articles/" + former, 301, "/api/articles/" + address);
			// A page for an anonymous visitor can be some seconds old.
			Awaitility.await()
				.untilAsserted(() -> assertMoved("GET", "/article/" + former, 301, "/article/" + address));
			assertMoved("POST", "/api/articles/" + former + "/favorite", 308, "/api/articles/" + address + "/favorite");
			assertMoved("DELETE", "/api/articles/" + former, 308, "/api/articles/" + address);
		}
	}

	@Test
	void titleWithTheSameWordsKeepsTheSlug() {
		String token = register();
		publish(token, "hello by " + this.name).expectStatus().isCreated();
		changeTitle(token, "hello-by-" + this.name, "Hello!", "hello-by-" + this.name);
	}

	@Test
	void formerSlugCanBelongToANewArticle() throws Exception {
		String token = register();
		publish(token, "One by " + this.name).expectStatus().isCreated();
		changeTitle(token, "one-by-" + this.name, "Two", "two-by-" + this.name);
		publish(token, "One by " + this.name).expectStatus()
			.isCreated()
			.expectBody()
			.jsonPath("$.article.slug")
			.isEqualTo("one-by-" + this.name);
		this.client.get().uri("/api/articles/one-by-" + this.name).exchange().expectStatus().isOk();
		changeTitle(token, "one-by-" + this.name, "Three", "three-by-" + this.name);
		assertMoved("GET", "/api/articles/one-by-" + this.name, 301, "/api/articles/three-by-" + this.name);
		changeTitle(token, "three-by-" + this.name, "One", "one-by-" + this.name);
		this.client.get().uri("/api/articles/one-by-" + this.name).exchange().expectStatus().isOk();
	}

	@Test
	void concurrentChangesToOneTitleGetDistinctSlugs() throws Exception {
		String token = register();
		List<Callable<String>> changes = IntStream.range(0, 10).<Callable<String>>mapToObj((i) -> {
			publish(token, "Number %d by %s".formatted(i, this.name)).expectStatus().isCreated();
			return () -> JsonPath.read(changed(token, "number-%d-by-%s".formatted(i, this.name),
					"{\"article\":{\"title\":\"All by %s\"}}".formatted(this.name)), "$.article.slug");
		}).toList();
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			assertThat(threads.invokeAll(changes)).extracting((change) -> change.get())
				.allMatch((slug) -> slug.startsWith("all-by-" + this.name))
				.doesNotHaveDuplicates();
		}
	}

	@Test
	void deletingAnArticleDeletesItsData() {
		String token = register();
		publish(token, "Gone by " + this.name).expectStatus().isCreated();
		changeTitle(token, "gone-by-" + this.name, "Going", "going-by-" + this.name);
		changed(token, "going-by-" + this.name, "{\"article\":{\"tagList\":[\"only-%s\"]}}".formatted(this.name));
		request(HttpMethod.POST, "/api/articles/going-by-" + this.name + "/favorite", token).expectStatus().isOk();
		request(HttpMethod.DELETE, "/api/articles/going-by-" + this.name, token).expectStatus()
			.isNoContent()
			.expectBody()
			.isEmpty();
		for (String slug : List.of("going-by-", "gone-by-")) {
			error(request(HttpMethod.GET, "/api/articles/" + slug + this.name, token), 404, "article", "not found");
			error(request(HttpMethod.DELETE, "/api/articles/" + slug + this.name, token), 404, "article", "not found");
		}
		list("/api/articles?author=" + this.name, 0, 0);
		list("/api/articles?favorited=" + this.name, 0, 0);
		request(HttpMethod.GET, "/api/tags", token).expectBody()
			.jsonPath("$.tags[?(@ == 'only-%s')]".formatted(this.name))
			.isEmpty();
	}

	@Test
	void repeatedDeletionGetsTheSameResponse() {
		String token = register();
		String slug = publishArticle(token);
		for (int i = 0; i < 2; i++) {
			this.client.delete()
				.uri("/api/articles/" + slug)
				.header("Authorization", "Token " + token)
				.header("Idempotency-Key", "gone")
				.exchange()
				.expectStatus()
				.isNoContent()
				.expectBody()
				.isEmpty();
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			application/json         | {"article":            | 400
			application/json         | []                     | 422
			application/json         | {"comment":5}          | 422
			application/json         | ''                     | 422
			application/json         | {"article":{"body":5}} | 422
			text/plain               | {}                     | 415
			multipart/form-data      | {}                     | 415
			                         | {}                     | 415
			""")
	void missingOrForeignArticleComesBeforeTheBody(String type, String body, int status) {
		String author = register();
		String slug = publishArticle(author);
		String other = join("other");
		for (HttpMethod method : List.of(HttpMethod.PUT, HttpMethod.POST)) {
			String suffix = method.equals(HttpMethod.POST) ? "/comments" : "";
			String missing = "/api/articles/no-such-article" + suffix;
			error(typed(method, missing, "", type, body), 401, "token", "is missing");
			error(typed(method, missing, other, type, body), 404, "article", "not found");
			if (method.equals(HttpMethod.PUT)) {
				error(typed(method, "/api/articles/" + slug, other, type, body), 403, "article", "forbidden");
			}
			typed(method, "/api/articles/" + slug + suffix, author, type, body).expectStatus().isEqualTo(status);
		}
	}

	private RestTestClient.ResponseSpec typed(HttpMethod method, String path, String token, String type, String body) {
		return this.client.method(method)
			.uri(path)
			.headers((headers) -> headers.set("Authorization", "Token " + token))
			.headers((headers) -> {
				if (type != null) {
					headers.set("Content-Type", type);
				}
			})
			.body(body.getBytes(StandardCharsets.UTF_8))
			.exchange();
	}

	@Test
	void timesAlwaysHaveAFraction() {
		String slug = publishArticle(register());
		this.jdbc.sql("UPDATE articles SET created_at = :then WHERE slug = :slug")
			.param("then", LocalDateTime.of(2026, 1, 1, 0, 0))
			.param("slug", slug)
			.update();
		this.client.get()
			.uri("/api/articles/" + slug)
			.exchange()
			.expectBody()
			.jsonPath("$.article.createdAt")
			.isEqualTo("2026-01-01T00:00:00.000000Z");
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"body\":\"x", "\"more\":[" })
	void tooLargeBodyGets413(String field) {
		String endless = field.substring(field.length() - 1).repeat(1_100_000);
		error(authorized(register(), "{\"article\":{" + field + endless), 413, "body", "is too large");
	}

	@Test
	void concurrentRegistrationsGiveANameToOneUser() throws Exception {
		List<Callable<Integer>> rivals = IntStream.range(0, 8).<Callable<Integer>>mapToObj((i) -> {
			var user = user(this.name, this.name + i + "@example.com", "password1");
			return () -> post("/api/users", user).returnResult(byte[].class).getStatus().value();
		}).toList();
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			assertThat(threads.invokeAll(rivals)).extracting((rival) -> rival.get())
				.containsOnlyOnce(201)
				.containsOnly(201, 409);
		}
	}

	@Test
	void concurrentArticlesWithOneTitleGetDistinctSlugs() throws Exception {
		String token = register();
		Callable<String> publishing = () -> JsonPath.read(body(publish(token, "One title by " + this.name)),
				"$.article.slug");
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			assertThat(threads.invokeAll(Collections.nCopies(10, publishing))).extracting((slug) -> slug.get())
				.allMatch((slug) -> slug.startsWith("one-title-by-" + this.name))
				.doesNotHaveDuplicates();
		}
	}

	@Test
	void missingArticleComesBeforeAnInvalidCommentId() {
		String token = register();
		error(request(HttpMethod.DELETE, "/api/articles/no-such-article/comments/x", token), 404, "article",
				"not found");
	}

	@Test
	void unexpectedBodiesAreIgnored() {
		String token = register();
		String slug = publishArticle(token);
		String reader = join("reader");
		for (HttpMethod method : List.of(HttpMethod.POST, HttpMethod.DELETE)) {
			for (String path : List.of("/api/articles/" + slug + "/favorite",
					"/api/profiles/" + this.name + "/follow")) {
				send(method, path, reader, "{\"stray\":").expectStatus().isOk();
				typed(method, path, reader, "multipart/form-data", "x").expectStatus().isOk();
			}
		}
	}

	private void changeTitle(String token, String slug, String title, String expected) {
		String response = changed(token, slug, "{\"article\":{\"title\":\"%s by %s\"}}".formatted(title, this.name));
		assertThat(JsonPath.<String>read(response, "$.article.slug")).isEqualTo(expected);
	}

	private String changed(String token, String slug, String body) {
		return new String(send(HttpMethod.PUT, "/api/articles/" + slug, token, body).expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBodyContent(), StandardCharsets.UTF_8);
	}

	// Sends a request as the article's author, without following the redirect.
	private void assertMoved(String method, String path, int status, String location) throws Exception {
		String token = this.jdbc.sql("SELECT id, password FROM users WHERE username = :name")
			.param("name", this.name)
			.query((row, index) -> this.tokens.issue(row.getLong("id"), row.getString("password")))
			.single();
		var request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.header("Authorization", "Token " + token)
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build();
		try (var stubborn = HttpClient.newHttpClient()) {
			var response = stubborn.send(request, HttpResponse.BodyHandlers.ofString());
			assertThat(response.statusCode()).isEqualTo(status);
			assertThat(response.headers().firstValue("Location")).hasValue(location);
			assertThat(response.headers().firstValue("Cache-Control"))
				.hasValueSatisfying((control) -> assertThat(control).contains("no-store"));
		}
	}

	@Test
	void newCommentIsReturnedAsInTheList() {
		String slug = publishArticle(register());
		String reader = join("reader");
		String first = body(comment(slug, join("third"), "First 🐢"));
		String second = body(comment(slug, reader, "Second"));
		assertThat(JsonPath.<Object>read(first, "$.comment.id")).isInstanceOf(Integer.class);
		assertThat(JsonPath.<String>read(first, "$.comment.body")).isEqualTo("First 🐢");
		assertThat(JsonPath.<String>read(first, "$.comment.createdAt")).matches(TIMESTAMP)
			.isEqualTo(JsonPath.read(first, "$.comment.updatedAt"));
		assertThat(JsonPath.<Map<String, Object>>read(second, "$.comment.author"))
			.containsEntry("username", this.name + "-reader")
			.containsEntry("bio", null)
			.containsEntry("image", null)
			.containsEntry("following", false);
		String read = new String(this.client.get()
			.uri("/api/articles/" + slug + "/comments")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBodyContent(), StandardCharsets.UTF_8);
		assertThat(read).isEqualTo("{\"comments\":[%s,%s]}".formatted(comment(second), comment(first)));
	}

	@Test
	void commentsTellWhetherTheReaderFollowsTheAuthor() {
		String token = register();
		String slug = publishArticle(token);
		String reader = join("reader");
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
		this.client.get()
			.uri("/api/articles/" + publishArticle(register()) + "/comments")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.json("{\"comments\":[]}");
		error(this.client.get().uri("/api/articles/no-such-article/comments").exchange(), 404, "article", "not found");
	}

	@Test
	void onlyTheAuthorCanDeleteAComment() {
		String token = register();
		String slug = publishArticle(token);
		String comments = "/api/articles/" + slug + "/comments";
		String reader = join("reader");
		int id = JsonPath.read(body(comment(slug, reader, "Read it")), "$.comment.id");
		int kept = JsonPath.read(body(comment(slug, reader, "Read it again")), "$.comment.id");
		String elsewhere = JsonPath.read(body(publish(token, "Elsewhere by " + this.name)), "$.article.slug");
		error(this.client.delete().uri("/api/articles/no-such-article/comments/" + id).exchange(), 401, "token",
				"is missing");
		error(request(HttpMethod.DELETE, "/api/articles/no-such-article/comments/0", token), 404, "article",
				"not found");
		error(request(HttpMethod.DELETE, comments + "/0", token), 404, "comment", "not found");
		error(request(HttpMethod.DELETE, "/api/articles/" + elsewhere + "/comments/" + id, reader), 404, "comment",
				"not found");
		error(request(HttpMethod.DELETE, comments + "/x", reader), 404, "comment", "not found");
		error(request(HttpMethod.DELETE, comments + "/" + id, token), 403, "comment", "forbidden");
		request(HttpMethod.DELETE, comments + "/" + id, reader).expectStatus().isNoContent().expectBody().isEmpty();
		error(request(HttpMethod.DELETE, comments + "/" + id, reader), 404, "comment", "not found");
		this.client.get().uri(comments).exchange().expectBody().jsonPath("$.comments[*].id").isEqualTo(List.of(kept));
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
		error(send(HttpMethod.POST, comments, token, body), 422, field, message);
		this.client.get().uri(comments).exchange().expectBody().json("{\"comments\":[]}");
	}

	@Test
	void commentNeedsASignInAndThenAnArticle() {
		String token = register();
		error(post("/api/articles/no-such-article/comments", "{\"comment\":{}}"), 401, "token", "is missing");
		for (String body : List.of("", "A comment")) {
			error(comment("no-such-article", token, body), 404, "article", "not found");
		}
		error(comment(publishArticle(token), token, "x".repeat(10_001)), 422, "body", "has more than 10000 characters");
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
		error(request(HttpMethod.DELETE, "/api/articles/old-by-" + this.name + "/comments/" + "5".repeat(9000), token),
				404, "article", "not found");
		String comments = "/api/articles/new-by-" + this.name + "/comments";
		this.client.get().uri(comments).exchange().expectBody().jsonPath("$.comments[0].body").isEqualTo("Stays");
		request(HttpMethod.DELETE, "/api/articles/new-by-" + this.name, token).expectStatus().isNoContent();
		error(this.client.get().uri(comments).exchange(), 404, "article", "not found");
		publish(token, "New by " + this.name).expectStatus().isCreated();
		this.client.get().uri(comments).exchange().expectBody().json("{\"comments\":[]}");
	}

	@Test
	void concurrentCommentsOnADeletedArticleAreStoredOrGet404() throws Exception {
		String token = register();
		String slug = publishArticle(token);
		Callable<Integer> writing = () -> comment(slug, token, "Too late?").returnResult(byte[].class)
			.getStatus()
			.value();
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			var deletion = threads
				.submit(() -> request(HttpMethod.DELETE, "/api/articles/" + slug, token).returnResult(byte[].class)
					.getStatus()
					.value());
			assertThat(threads.invokeAll(Collections.nCopies(20, writing)))
				.allSatisfy((comment) -> assertThat(comment.get()).isIn(201, 404));
			assertThat(deletion.get()).isEqualTo(204);
		}
	}

	private RestTestClient.ResponseSpec comment(String slug, String token, String body) {
		return send(HttpMethod.POST, "/api/articles/" + slug + "/comments", token,
				Map.of("comment", Map.of("body", body)));
	}

	// Returns the JSON of the comment without its wrapper object.
	private static String comment(String response) {
		return response.substring("{\"comment\":".length(), response.length() - 1);
	}

	@Test
	void changedUserKeepsOmittedFields() {
		String token = register();
		changedUser(token, "{\"user\":{\"bio\":\"Writes\",\"image\":\"https://example.com/me.png\"}}")
			.jsonPath("$.user.bio")
			.isEqualTo("Writes");
		for (String nothing : List.of("{\"user\":{}}", "{\"user\":{\"unknown\":null}}")) {
			changedUser(token, nothing).jsonPath("$.user.username")
				.isEqualTo(this.name)
				.jsonPath("$.user.email")
				.isEqualTo(this.name + "@example.com")
				.jsonPath("$.user.token")
				.isNotEmpty()
				.jsonPath("$.user.bio")
				.isEqualTo("Writes")
				.jsonPath("$.user.image")
				.isEqualTo("https://example.com/me.png");
		}
		this.client.get()
			.uri("/api/profiles/" + this.name)
			.exchange()
			.expectBody()
			.jsonPath("$.profile.bio")
			.isEqualTo("Writes")
			.jsonPath("$.profile.image")
			.isEqualTo("https://example.com/me.png");
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "\"\"" })
	void bioAndImageCanBeRemoved(String nothing) {
		String token = register();
		changedUser(token, "{\"user\":{\"bio\":\"Writes\",\"image\":\"https://example.com/me.png\"}}");
		changedUser(token, "{\"user\":{\"bio\":%s,\"image\":%s}}".formatted(nothing, nothing));
		request(HttpMethod.GET, "/api/user", token).expectBody()
			.jsonPath("$.user.bio")
			.hasJsonPath()
			.jsonPath("$.user.bio")
			.isEmpty()
			.jsonPath("$.user.image")
			.hasJsonPath()
			.jsonPath("$.user.image")
			.isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					{"user":{"email":null}}       | email    | can't be blank
					{"user":{"email":""}}         | email    | can't be blank
					{"user":{"email":"nobody"}}   | email    | is not an email address
					{"user":{"username":null}}    | username | can't be blank
					{"user":{"username":""}}      | username | can't be blank
					{"user":{"username":"x/y"}}   | username | may not contain / \\ ? # % ; nor be . or .. nor begin or end with a space
					{"user":{"username":5}}       | username | has the wrong type
					{"user":{"password":null}}    | password | can't be blank
					{"user":{"password":""}}      | password | can't be blank
					{"user":{"password":"short"}} | password | needs 8 to 256 characters
					{"user":{"bio":["x"]}}        | bio      | has the wrong type
					{}                            | user     | can't be blank
					""")
	void reportsInvalidChangesOfAUser(String body, String field, String message) {
		error(send(HttpMethod.PUT, "/api/user", register(), body), 422, field, message);
	}

	@Test
	void changingAUserNeedsASignIn() {
		error(this.client.put()
			.uri("/api/user")
			.contentType(MediaType.APPLICATION_JSON)
			.body("{\"user\":{\"email\":\"\"}}")
			.exchange(), 401, "token", "is missing");
	}

	@Test
	void reportsAnOverlongBio() {
		error(send(HttpMethod.PUT, "/api/user", register(), Map.of("user", Map.of("bio", "x".repeat(2001)))), 422,
				"bio", "has more than 2000 characters");
	}

	@Test
	void renamedUserStaysSignedInAndHasTheNewProfile() {
		String token = register();
		changedUser(token, "{\"user\":{\"username\":\"new-%s\",\"email\":\"new-%s@example.com\"}}".formatted(this.name,
				this.name));
		request(HttpMethod.GET, "/api/user", token).expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.user.username")
			.isEqualTo("new-" + this.name)
			.jsonPath("$.user.email")
			.isEqualTo("new-" + this.name + "@example.com");
		this.client.get().uri("/api/profiles/new-" + this.name).exchange().expectStatus().isOk();
		error(this.client.get().uri("/api/profiles/" + this.name).exchange(), 404, "profile", "not found");
		register();
	}

	@Test
	void takenNamesAreRefusedButOwnNameCanChangeItsCase() {
		register();
		String upper = this.name.toUpperCase(Locale.ROOT);
		String other = join("other");
		error(send(HttpMethod.PUT, "/api/user", other, Map.of("user", Map.of("username", upper))), 409, "username",
				"has already been taken");
		error(send(HttpMethod.PUT, "/api/user", other, Map.of("user", Map.of("email", upper + "@EXAMPLE.COM"))), 409,
				"email", "has already been taken");
		changedUser(other, "{\"user\":{\"username\":\"%s-OTHER\"}}".formatted(upper)).jsonPath("$.user.username")
			.isEqualTo(upper + "-OTHER");
	}

	@Test
	void concurrentChangesGiveANameToOneUser() throws Exception {
		register();
		List<Callable<Integer>> changes = IntStream.range(0, 10).<Callable<Integer>>mapToObj((i) -> {
			String token = insertUser("rival" + i);
			return () -> send(HttpMethod.PUT, "/api/user", token,
					Map.of("user", Map.of("username", this.name + "-coveted")))
				.returnResult(byte[].class)
				.getStatus()
				.value();
		}).toList();
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			assertThat(threads.invokeAll(changes)).extracting((change) -> change.get())
				.containsOnlyOnce(200)
				.containsOnly(200, 409);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "12345678", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
			"🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢🐢" })
	void newPasswordReplacesTheFormer(String password) {
		String token = register();
		String renewed = token(changedUser(token, "{\"user\":{\"password\":\"%s\"}}".formatted(password)));
		error(signIn("password1"), 401, "credentials", "invalid");
		error(signIn(password.substring(0, password.length() - 2)), 401, "credentials", "invalid");
		signIn(password).expectStatus().isOk();
		request(HttpMethod.GET, "/api/user", renewed).expectStatus().isOk();
	}

	@Test
	void fieldThatIsAbsentAndOneThatIsNullAreDifferentRequests() {
		String token = register();
		changedUser(token, "{\"user\":{\"bio\":\"Writes\"}}");
		for (String body : List.of("{\"user\":{}}", "{\"user\":{\"bio\":null}}")) {
			this.client.put()
				.uri("/api/user")
				.header("Authorization", "Token " + token)
				.header("Idempotency-Key", "same")
				.contentType(MediaType.APPLICATION_JSON)
				.body(body)
				.exchange()
				.expectStatus()
				.isEqualTo(body.contains("bio") ? 422 : 200);
		}
	}

	private RestTestClient.ResponseSpec signIn(String password) {
		return post("/api/users/login",
				Map.of("user", Map.of("email", this.name + "@example.com", "password", password)));
	}

	private BodyContentSpec changedUser(String token, String body) {
		return send(HttpMethod.PUT, "/api/user", token, body).expectStatus().isOk().expectBody();
	}

	@Test
	void tagIsListedOnceItsArticleIsPublished() {
		publish(register(), "Tagged");
		this.client.get()
			.uri("/api/tags")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.tags[?(@ == 'zebras')]")
			.isNotEmpty();
	}

	@Test
	void repeatedRequestGetsTheSameResponseAndTakesEffectOnce() {
		String token = register();
		byte[] first = keyed(token, "once", article("Once by " + this.name)).expectStatus()
			.isCreated()
			.expectHeader()
			.doesNotExist("Idempotency-Replayed")
			.expectBody()
			.returnResult()
			.getResponseBodyContent();
		byte[] second = keyed(token, "once", article("Once by " + this.name)).expectStatus()
			.isCreated()
			.expectHeader()
			.contentType("application/json;charset=UTF-8")
			.expectHeader()
			.valueEquals("Idempotency-Replayed", "true")
			.expectBody()
			.returnResult()
			.getResponseBodyContent();
		assertThat(second).isEqualTo(first);
		list("/api/articles?author=" + this.name, 1, 1);
	}

	@Test
	void keyDoesNotChangeTheResponse() {
		String token = register();
		String keyed = body(keyed(token, "k", article("Alike by " + this.name)));
		String plain = body(publish(token, "Alike by " + this.name));
		String volatiles = "\"(slug|createdAt|updatedAt)\":\"[^\"]*\"";
		assertThat(keyed.replaceAll(volatiles, "$1")).isEqualTo(plain.replaceAll(volatiles, "$1"));
	}

	@Test
	void concurrentRequestsWithOneKeyTakeEffectOnce() throws Exception {
		String token = register();
		Callable<String> publishing = () -> body(keyed(token, "at-once", article("At once by " + this.name)));
		try (var visitors = Executors.newVirtualThreadPerTaskExecutor()) {
			var responses = visitors.invokeAll(Collections.nCopies(10, publishing));
			String first = responses.getFirst().get();
			assertThat(first).contains("at-once-by-" + this.name);
			assertThat(responses).hasSize(10).allSatisfy((response) -> assertThat(response.get()).isEqualTo(first));
		}
		list("/api/articles?author=" + this.name, 1, 1);
	}

	@Test
	void keyIsValidForOneRequest() {
		String token = register();
		keyed(token, "taken", article("Kept")).expectStatus().isCreated();
		error(keyed(token, "taken", article("Another")), 422, "idempotency-key",
				"belongs to a request that was already made and said something else; "
						+ "make a new key, or load the form's page again");
		keyed(token, "TAKEN", article("Another")).expectStatus().isCreated();
		list("/api/articles?author=" + this.name, 2, 2);
	}

	@Test
	void usersCanHaveTheSameKey() {
		String token = register();
		String other = token(
				post("/api/users", user(this.name + "-2", this.name + "-2@example.com", "password1")).expectStatus()
					.isCreated()
					.expectBody());
		for (String visitor : List.of(token, other)) {
			keyed(visitor, "1", article("By each")).expectStatus()
				.isCreated()
				.expectHeader()
				.doesNotExist("Idempotency-Replayed");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "two words", TOO_LONG })
	void invalidKeyIsRefused(String key) {
		error(keyed(register(), key, article("Keyless")), 422, "idempotency-key",
				"needs 1 to 255 visible ASCII characters");
	}

	@Test
	void refusedRequestCanBeCorrectedWithItsKey() {
		String key = "corrected-" + this.name;
		register();
		error(keyed("", key, user(this.name, this.name + "-2@example.com", "password1")), 409, "username",
				"has already been taken");
		error(keyed("", key, user(this.name + "-2", this.name + "-2@example.com", "short")), 422, "password",
				"needs 8 to 256 characters");
		keyed("", key, user(this.name + "-2", this.name + "-2@example.com", "password1")).expectStatus().isCreated();
	}

	@Test
	void repeatedRegistrationSignsInToTheSameAccount() {
		String key = "join-" + this.name;
		var user = user(this.name, this.name + "@example.com", "password1");
		String first = body(keyed("", key, user));
		assertThat(body(keyed("", key, user))).isEqualTo(first);
		assertThat(JsonPath.<String>read(first, "$.user.token")).isNotEmpty();
		error(keyed("", key, user(this.name, this.name + "@example.com", "password2")), 422, "idempotency-key",
				"belongs to a request that was already made and said something else; "
						+ "make a new key, or load the form's page again");
		assertThat(new String(storedResponse(key), StandardCharsets.ISO_8859_1))
			.doesNotContain(JsonPath.<String>read(first, "$.user.token"))
			.doesNotContain(this.name);
	}

	@Test
	void keyExpiresAfterADay() {
		String token = register();
		String key = "old-" + this.name;
		keyed(token, key, article("Old")).expectStatus().isCreated();
		purge();
		assertThat(storedResponse(key)).isNotEmpty();
		this.jdbc.sql("UPDATE answered_requests SET created_at = :then WHERE idempotency_key = :key")
			.param("then", LocalDateTime.now(ZoneOffset.UTC).minusHours(24).minusSeconds(1))
			.param("key", key)
			.update();
		purge();
		keyed(token, key, article("New")).expectStatus().isCreated();
	}

	private void purge() {
		this.schedule.getScheduledTasks()
			.stream()
			.filter((task) -> task.toString().contains("deleteExpired"))
			.forEach((task) -> task.getTask().getRunnable().run());
	}

	private byte[] storedResponse(String key) {
		return this.jdbc.sql("SELECT answer FROM answered_requests WHERE idempotency_key = :key")
			.param("key", key)
			.query((row, number) -> row.getBytes("answer"))
			.single();
	}

	// With a token, publishes an article; without one, registers a user.
	private RestTestClient.ResponseSpec keyed(String token, String key, Object body) {
		return this.client.post()
			.uri(token.isEmpty() ? "/api/users" : "/api/articles")
			.header("Authorization", "Token " + token)
			.header("Idempotency-Key", key)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange();
	}

	private static String body(RestTestClient.ResponseSpec response) {
		return new String(response.expectStatus().isCreated().expectBody().returnResult().getResponseBodyContent(),
				StandardCharsets.UTF_8);
	}

	private String register() {
		return token(post("/api/users", user(this.name, this.name + "@example.com", "password1")).expectStatus()
			.isCreated()
			.expectBody());
	}

	private static String token(BodyContentSpec body) {
		String json = new String(body.returnResult().getResponseBodyContent());
		return JsonPath.read(json, "$.user.token");
	}

	private RestTestClient.ResponseSpec publish(String token, String title) {
		return authorized(token, article(title));
	}

	private RestTestClient.ResponseSpec authorized(String token, Object body) {
		return this.client.post()
			.uri("/api/articles")
			.header("Authorization", "Token " + token)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange();
	}

	private RestTestClient.ResponseSpec request(HttpMethod method, String path, String token) {
		return this.client.method(method)
			.uri(path)
			.header("Authorization", "Token " + token)
			.contentType(MediaType.APPLICATION_JSON)
			.exchange();
	}

	private RestTestClient.ResponseSpec send(HttpMethod method, String path, String token, Object body) {
		return this.client.method(method)
			.uri(path)
			.header("Authorization", "Token " + token)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange();
	}

	// Registers another user and returns the token.
	private String join(String suffix) {
		String other = this.name + "-" + suffix;
		return token(post("/api/users", user(other, other + "@example.com", "password1")).expectStatus()
			.isCreated()
			.expectBody());
	}

	// Like join, but without hashing a password, which is slow.
	private String insertUser(String suffix) {
		String other = this.name + "-" + suffix;
		var id = new GeneratedKeyHolder();
		this.jdbc.sql("INSERT INTO users (username, email, password, created_at) VALUES (:name, :name, '!', :now)")
			.param("name", other)
			.param("now", LocalDateTime.now(ZoneOffset.UTC))
			.update(id, "id");
		return this.tokens.issue(id.getKey().longValue(), "!");
	}

	// Publishes an article and returns its slug.
	private String publishArticle(String token) {
		return JsonPath.read(body(publish(token, "Written by " + this.name)), "$.article.slug");
	}

	private RestTestClient.ResponseSpec post(String path, Object body) {
		return this.client.post().uri(path).contentType(MediaType.APPLICATION_JSON).body(body).exchange();
	}

	private void list(String uri, int count, int listed) {
		this.client.get()
			.uri(uri)
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.articlesCount")
			.isEqualTo(count)
			.jsonPath("$.articles.length()")
			.isEqualTo(listed);
	}

	private static void error(RestTestClient.ResponseSpec response, int status, String key, String message) {
		response.expectStatus()
			.isEqualTo(status)
			.expectHeader()
			.contentType("application/json;charset=UTF-8")
			.expectBody()
			.jsonPath("$.errors['%s'][0]".formatted(key))
			.isEqualTo(message);
	}

	private static Map<String, Map<String, String>> user(String username, String email, String password) {
		return Map.of("user", Map.of("username", username, "email", email, "password", password));
	}

	private static Map<String, Map<String, Object>> article(String title) {
		return Map.of("article", Map.of("title", title, "description", "About it", "body", "All of it", "tagList",
				List.of("zebras", "apples", "zebras")));
	}

}
