package com.foobar.site;

import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import com.foobar.web.security.SignInTokens;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that every response to a random request matches the description of the API, and
 * that none has a status of 500 or more. Each run sends different requests. The message
 * of a failure contains the seed of the run; {@code -Dapi.seed=} repeats that run.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
abstract class HostileRequests {

	private static final int REQUESTS = Integer.getInteger("api.requests", 2000);

	private final long seed = Long.getLong("api.seed", System.nanoTime());

	private final ApiDescription description = new ApiDescription();

	@Autowired
	JdbcClient jdbc;

	@Autowired
	SignInTokens tokens;

	@LocalServerPort
	int port;

	HostileRequests() throws IOException {
	}

	@Test
	void everyResponseMatchesTheDescription() throws IOException {
		String name = "Victim " + this.seed;
		List<Long> users = IntStream.range(0, 3).mapToObj((i) -> insertUser(name + i)).toList();
		String slug = "hostile-" + this.seed;
		long comment = insertArticle(slug, users.getFirst());
		var known = Map.of("slug", List.of(slug, slug, slug, "title-1", "title-2", "nowhere"), "username",
				List.of(name + 0, name + 1, "nobody"), "author", List.of(name + 0, "nobody"), "favorited",
				List.of(name + 1), "tag", List.of("tag", "🐢"), "id", List.of(String.valueOf(comment), "0"));
		var generator = new RequestGenerator(new Random(this.seed), this.description, known,
				users.stream().map((id) -> this.tokens.issue(id, "!")).toList());
		for (int i = 0; i < REQUESTS; i++) {
			check(generator.next());
		}
	}

	private void check(RawRequest request) throws IOException {
		RawRequest.Response response = request.send(this.port);
		try {
			assertThat(response.status()).as("the status, which is no server error").isBetween(200, 499);
			assertThat(response.headers().getFirst("X-Content-Type-Options")).isEqualTo("nosniff");
			assertThat(response.headers().getFirst("Content-Security-Policy")).startsWith("default-src 'none'");
			checkDescription(request, response);
		}
		catch (AssertionError | RuntimeException ex) {
			throw new AssertionError("-Dapi.seed=%d: %s%n%s%n%s".formatted(this.seed, request, response,
					new String(response.body(), UTF_8)), ex);
		}
	}

	private void checkDescription(RawRequest request, RawRequest.Response response) {
		var sent = new HttpHeaders();
		// Removes the spaces around each value, as the application does.
		request.headers().forEach((name, value) -> sent.add(name, value.strip()));
		this.description.check(HttpMethod.valueOf(request.method()), request.target(), sent, request.body(),
				response.status(), response.headers(), response.body());
	}

	private long insertUser(String name) {
		var id = new GeneratedKeyHolder();
		this.jdbc.sql("INSERT INTO users (username, email, password, created_at) VALUES (:name, :name, '!', :now)")
			.param("name", name)
			.param("now", LocalDateTime.now(ZoneOffset.UTC))
			.update(id, "id");
		return id.getKey().longValue();
	}

	// Inserts an article with a comment, and returns the id of the comment.
	private long insertArticle(String slug, long author) {
		var id = new GeneratedKeyHolder();
		LocalDateTime now = LocalDateTime.now(ZoneOffset.UTC);
		this.jdbc.sql("""
				INSERT INTO articles (slug, title, description, body, author_id, created_at, updated_at)
				VALUES (:slug, 'Title', 'Description', 'Body', :author, :now, :now)
				""").param("slug", slug).param("author", author).param("now", now).update(id, "id");
		var comment = new GeneratedKeyHolder();
		this.jdbc.sql("""
				INSERT INTO comments (article_id, author_id, body, created_at) VALUES (:article, :author, 'Well', :now)
				""")
			.param("article", id.getKey().longValue())
			.param("author", author)
			.param("now", now)
			.update(comment, "id");
		return comment.getKey().longValue();
	}

}
