package com.foobar.site;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient.ResponseSpec;

import static com.foobar.ApiResponses.assertError;
import static com.foobar.ApiResponses.created;
import static com.foobar.site.ArticleResponses.assertList;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests requests with an idempotency key. */
abstract class IdempotencyContract extends SiteContract {

	private static final String TOO_LONG = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
			+ "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
			+ "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
			+ "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

	@Test
	void repeatedRequestGetsTheSameResponseAndTakesEffectOnce() {
		String token = register();
		byte[] first = sendWithKey(token, "once", article("Once by " + this.name)).expectStatus()
			.isCreated()
			.expectHeader()
			.doesNotExist("Idempotency-Replayed")
			.expectBody()
			.returnResult()
			.getResponseBodyContent();
		byte[] second = sendWithKey(token, "once", article("Once by " + this.name)).expectStatus()
			.isCreated()
			.expectHeader()
			.contentType("application/json;charset=UTF-8")
			.expectHeader()
			.valueEquals("Idempotency-Replayed", "true")
			.expectBody()
			.returnResult()
			.getResponseBodyContent();
		assertThat(second).isEqualTo(first);
		assertList(get("/api/articles?author=" + this.name), 1, 1);
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

	@Test
	void repeatedRegistrationSignsInToTheSameAccount() {
		String key = "join-" + this.name;
		var user = user(this.name, this.name + "@example.com", "password1");
		String first = created(sendWithKey("", key, user));
		assertThat(created(sendWithKey("", key, user))).isEqualTo(first);
		assertThat(JsonPath.<String>read(first, "$.user.token")).isNotEmpty();
		assertError(sendWithKey("", key, user(this.name, this.name + "@example.com", "password2")), 422,
				"idempotency-key", "belongs to a request that was already made and said something else; "
						+ "make a new key, or load the form's page again");
		assertThat(new String(storedResponse(key), StandardCharsets.ISO_8859_1))
			.doesNotContain(JsonPath.<String>read(first, "$.user.token"))
			.doesNotContain(this.name);
	}

	@Test
	void keyDoesNotChangeTheResponse() {
		String token = register();
		String withKey = created(sendWithKey(token, "k", article("Alike by " + this.name)));
		String withoutKey = created(publish(token, "Alike by " + this.name));
		String changingFields = "\"(slug|createdAt|updatedAt)\":\"[^\"]*\"";
		assertThat(withKey.replaceAll(changingFields, "$1")).isEqualTo(withoutKey.replaceAll(changingFields, "$1"));
	}

	@Test
	void concurrentRequestsWithOneKeyTakeEffectOnce() throws Exception {
		String token = register();
		Callable<String> publishing = () -> created(sendWithKey(token, "at-once", article("At once by " + this.name)));
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			var responses = threads.invokeAll(Collections.nCopies(10, publishing));
			String first = responses.getFirst().get();
			assertThat(first).contains("at-once-by-" + this.name);
			assertThat(responses).allSatisfy((response) -> assertThat(response.get()).isEqualTo(first));
		}
		assertList(get("/api/articles?author=" + this.name), 1, 1);
	}

	@Test
	void keyIsValidForOneRequest() {
		String token = register();
		sendWithKey(token, "taken", article("Kept")).expectStatus().isCreated();
		assertError(sendWithKey(token, "taken", article("Another")), 422, "idempotency-key",
				"belongs to a request that was already made and said something else; "
						+ "make a new key, or load the form's page again");
		sendWithKey(token, "TAKEN", article("Another")).expectStatus().isCreated();
		assertList(get("/api/articles?author=" + this.name), 2, 2);
	}

	@Test
	void fieldThatIsAbsentAndOneThatIsNullAreDifferentRequests() {
		String token = register();
		changeUser(token, Map.of("bio", "Writes")).expectStatus().isOk();
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

	@Test
	void usersCanHaveTheSameKey() {
		String token = register();
		for (String user : List.of(token, registerOther("other"))) {
			sendWithKey(user, "1", article("By each")).expectStatus()
				.isCreated()
				.expectHeader()
				.doesNotExist("Idempotency-Replayed");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "two words", TOO_LONG })
	void invalidKeyIsRefused(String key) {
		assertError(sendWithKey(register(), key, article("Keyless")), 422, "idempotency-key",
				"needs 1 to 255 visible ASCII characters");
	}

	@Test
	void refusedRequestCanBeCorrectedWithItsKey() {
		String key = "corrected-" + this.name;
		register();
		assertError(sendWithKey("", key, user(this.name, this.name + "-2@example.com", "password1")), 409, "username",
				"has already been taken");
		assertError(sendWithKey("", key, user(this.name + "-2", this.name + "-2@example.com", "short")), 422,
				"password", "needs 8 to 256 characters");
		sendWithKey("", key, user(this.name + "-2", this.name + "-2@example.com", "password1")).expectStatus()
			.isCreated();
	}

	@Test
	void keyExpiresAfterADay() {
		String token = register();
		String key = "old-" + this.name;
		sendWithKey(token, key, article("Old")).expectStatus().isCreated();
		runTask("deleteExpired");
		assertThat(storedResponse(key)).isNotEmpty();
		this.jdbc.sql("UPDATE answered_requests SET created_at = :then WHERE idempotency_key = :key")
			.param("then", LocalDateTime.now(ZoneOffset.UTC).minusHours(24).minusSeconds(1))
			.param("key", key)
			.update();
		runTask("deleteExpired");
		sendWithKey(token, key, article("New")).expectStatus().isCreated();
	}

	private byte[] storedResponse(String key) {
		return this.jdbc.sql("SELECT answer FROM answered_requests WHERE idempotency_key = :key")
			.param("key", key)
			.query((row, number) -> row.getBytes("answer"))
			.single();
	}

	// Publishes an article if there is a token, and registers a user otherwise.
	private ResponseSpec sendWithKey(String token, String key, Object body) {
		return this.client.post()
			.uri(token.isEmpty() ? "/api/users" : "/api/articles")
			.header("Authorization", "Token " + token)
			.header("Idempotency-Key", key)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange();
	}

}
