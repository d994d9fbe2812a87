package com.foobar.site;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static com.foobar.ApiResponses.assertError;
import static com.foobar.ApiResponses.assertNoBioOrImage;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests registrations: their response, their errors, and that names are unique. */
abstract class RegistrationContract extends SiteContract {

	@Test
	void registrationReturnsTheUserWithEveryField() {
		assertNoBioOrImage(post("/api/users", user(this.name, this.name + "@example.com", "password1")).expectStatus()
			.isCreated()
			.expectHeader()
			.contentType("application/json;charset=UTF-8")
			.expectBody()
			.jsonPath("$.user.username")
			.isEqualTo(this.name)
			.jsonPath("$.user.email")
			.isEqualTo(this.name + "@example.com")
			.jsonPath("$.user.token")
			.isNotEmpty());
	}

	@Test
	void namesAndEmailsAreUniqueIgnoringCase() {
		register();
		String upper = this.name.toUpperCase(Locale.ROOT);
		assertError(post("/api/users", user(upper, "other@example.com", "password1")), 409, "username",
				"has already been taken");
		assertError(post("/api/users", user("other", upper + "@EXAMPLE.COM", "password1")), 409, "email",
				"has already been taken");
	}

	@Test
	void nameThatLooksLikeAConstraintIsReportedAsAName() {
		post("/api/users", user("users_email", this.name + "@example.com", "password1"));
		assertError(post("/api/users", user("users_email", this.name + "2@example.com", "password1")), 409, "username",
				"has already been taken");
	}

	@Test
	void concurrentRegistrationsGiveANameToOneUser() throws Exception {
		List<Callable<Integer>> registrations = IntStream.range(0, 8).<Callable<Integer>>mapToObj((i) -> {
			var user = user(this.name, this.name + i + "@example.com", "password1");
			return () -> post("/api/users", user).returnResult(byte[].class).getStatus().value();
		}).toList();
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			assertThat(threads.invokeAll(registrations)).extracting((status) -> status.get())
				.containsOnlyOnce(201)
				.containsOnly(201, 409);
		}
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
		assertError(post("/api/users", body), 422, field, message);
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
		assertError(post("/api/users", user("x".repeat(65), this.name + "@example.com", "password1")), 422, "username",
				"has more than 64 characters");
	}

	@Test
	void unpairedSurrogateIsRefused() {
		assertError(post("/api/users", """
				{"user":{"username":"x\\ud800","email":"a@b.c","password":"password1"}}
				"""), 422, "username", "has the wrong type");
	}

}
