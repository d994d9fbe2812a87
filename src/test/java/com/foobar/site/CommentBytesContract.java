package com.foobar.site;

import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.foobar.web.security.SignInTokens;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks the maximum size of comment lists, including the authors' profiles. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
@Import(ApiDescriptionCheck.class)
abstract class CommentBytesContract {

	private static final AtomicInteger number = new AtomicInteger();

	@Autowired
	RestTestClient client;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	SignInTokens tokens;

	@LocalServerPort
	int port;

	private final String name = "wordy" + number.incrementAndGet();

	private Guest author;

	private String slug;

	@BeforeEach
	void publish() throws IOException {
		this.slug = "words-of-" + this.name;
		this.author = Guest.registered(this.port, this.name);
		this.jdbc.sql("""
				INSERT INTO articles (slug, title, description, body, author_id, created_at, updated_at)
				SELECT :slug, 'Words', 'Words', 'Words', id, :now, :now FROM users WHERE username = :name
				""").param("slug", this.slug).param("name", this.name).param("now", now()).update();
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"", "'", "&", "<", "\u00e9" })
	void pageCountsEscapedImages(String letter) throws IOException {
		describe("https://example.com/" + letter.repeat(1980), null);
		write(200, "A comment");
		settle();
		// The text has half a megabyte; the markup comes on top.
		assertThat(this.author.request("/article/" + this.slug).execute().bodyAsBytes().length).isBetween(400_000,
				750_000);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"", "\\", "\n", "\t", "<", "\u00e9", "\ud83d\ude00" })
	void apiCountsEscapedBodiesImagesAndBios(String letter) {
		describe(letter.repeat(1000), letter.repeat(1000));
		write(1000, letter.repeat(1000));
		settle();
		byte[] response = this.client.get()
			.uri("/api/articles/" + this.slug + "/comments")
			.exchange()
			.expectStatus()
			.isOk()
			.expectBody()
			.returnResult()
			.getResponseBodyContent();
		assertThat(response).hasSizeBetween(1_900_000, 2_300_000);
	}

	@ParameterizedTest
	@ValueSource(strings = { "limit=0", "limit=many", "offset=-1", "limit=10" })
	void missingArticleComesBeforeInvalidParameters(String query) {
		for (String authorization : List.of("", "Token " + token())) {
			this.client.get()
				.uri("/api/articles/nowhere/comments?" + query)
				.header("Authorization", authorization)
				.exchange()
				.expectStatus()
				.isNotFound()
				.expectBody()
				.json("{\"errors\": {\"article\": [\"not found\"]}}");
		}
	}

	/** Waits until every server has the rows that the test wrote directly. */
	void settle() {
	}

	private String token() {
		record Account(long id, String password) {
		}
		Account account = this.jdbc.sql("SELECT id, password FROM users WHERE username = :name")
			.param("name", this.name)
			.query(Account.class)
			.single();
		return this.tokens.issue(account.id(), account.password());
	}

	private void describe(String image, @Nullable String bio) {
		this.jdbc.sql("UPDATE users SET image = :image, bio = :bio WHERE username = :name")
			.param("image", image)
			.param("bio", bio)
			.param("name", this.name)
			.update();
	}

	// Inserts one hundred comments with each statement.
	private void write(int comments, String body) {
		String row = "((SELECT id FROM articles WHERE slug = ?), (SELECT id FROM users WHERE username = ?), ?, ?)";
		String rows = String.join(", ", Collections.nCopies(100, row));
		List<Object> values = List.of(this.slug, this.name, body, now());
		for (int written = 0; written < comments; written += 100) {
			this.jdbc.sql("INSERT INTO comments (article_id, author_id, body, created_at) VALUES " + rows)
				.params(Stream.generate(() -> values).limit(100).flatMap(List::stream).toList())
				.update();
		}
	}

	private static LocalDateTime now() {
		return LocalDateTime.now(ZoneOffset.UTC);
	}

}
