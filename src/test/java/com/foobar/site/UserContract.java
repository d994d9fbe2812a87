package com.foobar.site;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient.BodyContentSpec;

import static com.foobar.ApiResponses.assertError;
import static com.foobar.ApiResponses.assertNoBioOrImage;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests how users change their data, and which changes are refused. */
abstract class UserContract extends SiteContract {

	@Test
	void changedUserKeepsOmittedFields() {
		String token = register();
		putUser(token, "{\"user\":{\"bio\":\"Writes\",\"image\":\"https://example.com/me.png\"}}")
			.jsonPath("$.user.bio")
			.isEqualTo("Writes");
		for (String unchanged : List.of("{\"user\":{}}", "{\"user\":{\"unknown\":null}}")) {
			putUser(token, unchanged).jsonPath("$.user.username")
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
		get("/api/profiles/" + this.name).expectBody()
			.jsonPath("$.profile.bio")
			.isEqualTo("Writes")
			.jsonPath("$.profile.image")
			.isEqualTo("https://example.com/me.png");
	}

	@ParameterizedTest
	@ValueSource(strings = { "null", "\"\"" })
	void bioAndImageCanBeRemoved(String emptyValue) {
		String token = register();
		putUser(token, "{\"user\":{\"bio\":\"Writes\",\"image\":\"https://example.com/me.png\"}}");
		putUser(token, "{\"user\":{\"bio\":%s,\"image\":%s}}".formatted(emptyValue, emptyValue));
		assertNoBioOrImage(currentUser(token).expectBody());
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
		assertError(send(HttpMethod.PUT, "/api/user", register(), body), 422, field, message);
	}

	@Test
	void reportsAnOverlongBio() {
		assertError(send(HttpMethod.PUT, "/api/user", register(), Map.of("user", Map.of("bio", "x".repeat(2001)))), 422,
				"bio", "has more than 2000 characters");
	}

	@Test
	void changingAUserNeedsASignIn() {
		assertError(this.client.put()
			.uri("/api/user")
			.contentType(MediaType.APPLICATION_JSON)
			.body("{\"user\":{\"email\":\"\"}}")
			.exchange(), 401, "token", "is missing");
	}

	@Test
	void renamedUserStaysSignedInAndHasTheNewProfile() {
		String token = register();
		putUser(token, "{\"user\":{\"username\":\"new-%s\",\"email\":\"new-%s@example.com\"}}".formatted(this.name,
				this.name));
		currentUser(token).expectStatus()
			.isOk()
			.expectBody()
			.jsonPath("$.user.username")
			.isEqualTo("new-" + this.name)
			.jsonPath("$.user.email")
			.isEqualTo("new-" + this.name + "@example.com");
		get("/api/profiles/new-" + this.name).expectStatus().isOk();
		assertError(get("/api/profiles/" + this.name), 404, "profile", "not found");
		// Another user can register with the former name.
		register();
	}

	@Test
	void takenNamesAreRefusedButOwnNameCanChangeItsCase() {
		register();
		String upper = this.name.toUpperCase(Locale.ROOT);
		String other = registerOther("other");
		assertError(send(HttpMethod.PUT, "/api/user", other, Map.of("user", Map.of("username", upper))), 409,
				"username", "has already been taken");
		assertError(send(HttpMethod.PUT, "/api/user", other, Map.of("user", Map.of("email", upper + "@EXAMPLE.COM"))),
				409, "email", "has already been taken");
		putUser(other, "{\"user\":{\"username\":\"%s-OTHER\"}}".formatted(upper)).jsonPath("$.user.username")
			.isEqualTo(upper + "-OTHER");
	}

	@Test
	void concurrentChangesGiveANameToOneUser() throws Exception {
		register();
		List<Callable<Integer>> changes = IntStream.range(0, 10).<Callable<Integer>>mapToObj((i) -> {
			String token = newUser().token();
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

	private BodyContentSpec putUser(String token, String body) {
		return send(HttpMethod.PUT, "/api/user", token, body).expectStatus().isOk().expectBody();
	}

}
