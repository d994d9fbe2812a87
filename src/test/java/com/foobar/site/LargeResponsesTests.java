package com.foobar.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import org.awaitility.Awaitility;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests that the number of concurrent large responses is limited, and that a large
 * response is sent while it is rendered.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "foobar.large-responses.max-concurrent=1", "foobar.large-responses.timeout=100ms",
				"foobar.large-responses.max-duration=5s" })
@Import(LargePages.class)
class LargeResponsesTests {

	private final HttpClient client = HttpClient.newHttpClient();

	@LocalServerPort
	int port;

	@Autowired
	JdbcClient jdbc;

	@Autowired
	LargePages pages;

	@ParameterizedTest
	@ValueSource(strings = { "/feed.atom", "/tag/operations/feed.atom", "/profile/ada/feed.atom", "/sitemap.xml",
			"/sitemap-articles-0.xml", "/sitemap-authors-0.xml", "/article/a-site-that-does-not-stop",
			"/api/articles/a-site-that-does-not-stop/comments", "/api/articles?limit=21", "/api/articles/many-words",
			"/article/many-words" })
	void requestWithoutPermitGetsRetryAfter(String path) throws Exception {
		insertComments("a-site-that-does-not-stop");
		insertArticle("many-words");
		CompletableFuture<HttpResponse<String>> first = this.pages.start(() -> sendAsync("/slow"));
		HttpResponse<String> unavailable = get(path);
		assertThat(unavailable.statusCode()).isEqualTo(503);
		assertThat(unavailable.headers().firstValue("Retry-After")).hasValue("2");
		if (path.startsWith("/api")) {
			assertThat(unavailable.body()).isEqualTo("{\"errors\":{\"site\":[\"is busy, try again in a moment\"]}}");
		}
		else {
			assertThat(Jsoup.parse(unavailable.body()).select("main").text())
				.contains("Site is busy, try again in a moment");
		}
		this.pages.end();
		assertThat(first.join().statusCode()).isEqualTo(200);
		Awaitility.await().until(() -> get(path).statusCode() == 200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/search?q=numbers", "/article/check-the-numbers", "/profile/ada", "/api/tags",
			"/api/articles", "/api/articles/check-the-numbers", "/api/articles/check-the-numbers/comments" })
	void smallResponsesNeedNoPermit(String path) throws Exception {
		CompletableFuture<HttpResponse<String>> first = this.pages.start(() -> sendAsync("/slow"));
		assertThat(get(path).statusCode()).isEqualTo(200);
		this.pages.end();
		first.join();
	}

	@Test
	void clientThatDoesNotReadLosesItsPermit() throws Exception {
		try (var client = new Socket()) {
			// With a small buffer, the application waits for the client sooner.
			client.setReceiveBufferSize(4096);
			client.connect(new InetSocketAddress("localhost", this.port));
			this.pages.start(() -> sendRequest("/endless", client));
			assertThat(get("/feed.atom").statusCode()).isEqualTo(503);
			Awaitility.await()
				.atMost(Duration.ofSeconds(15))
				.untilAsserted(() -> assertThat(get("/feed.atom").statusCode()).isEqualTo(200));
		}
	}

	@Test
	void timedOutPermitIsNotReleasedAgain() throws Exception {
		CompletableFuture<HttpResponse<String>> first = this.pages.start(() -> sendAsync("/slow"));
		CountDownLatch end = this.pages.ended;
		Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> get("/feed.atom").statusCode() == 200);
		CompletableFuture<HttpResponse<String>> second = this.pages.start(() -> sendAsync("/slow"));
		end.countDown();
		assertThat(first.join().statusCode()).isEqualTo(200);
		assertThat(get("/feed.atom").statusCode()).isEqualTo(503);
		this.pages.end();
		assertThat(second.join().statusCode()).isEqualTo(200);
	}

	@Test
	void largePageIsSentWhileItIsRenderedAndIsComplete() throws Exception {
		HttpResponse<String> page = get("/large");
		assertThat(page.headers().firstValue("Content-Length")).isEmpty();
		assertThat(page.body()).isEqualTo("<p>é</p>".repeat(LargePages.PARAGRAPHS));
	}

	@Test
	void brokenLargePageClosesTheConnection() {
		assertThatIOException().isThrownBy(() -> get("/broken"));
	}

	// Adds 200 kB of comments to the article. A response of that size needs a permit.
	private void insertComments(String slug) {
		for (int i = 0; i < 20; i++) {
			this.jdbc.sql("""
					INSERT INTO comments (article_id, author_id, body, created_at)
					SELECT id, author_id, REPEAT('a', 10000), :now FROM articles WHERE slug = :slug
					""").param("now", LocalDateTime.now(ZoneOffset.UTC)).param("slug", slug).update();
		}
	}

	// Inserts an article of the largest size without comments, unless it exists.
	private void insertArticle(String slug) {
		this.jdbc.sql("""
				INSERT INTO articles (slug, title, description, body, author_id, created_at, updated_at)
				SELECT :slug, title, description, REPEAT('a', 100000), author_id, created_at, updated_at
				  FROM articles
				 WHERE slug = 'check-the-numbers' AND NOT EXISTS (SELECT 1 FROM articles WHERE slug = :slug)
				""").param("slug", slug).update();
	}

	private static Socket sendRequest(String path, Socket client) {
		try {
			String request = "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path);
			client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			return client;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private CompletableFuture<HttpResponse<String>> sendAsync(String path) {
		return this.client.sendAsync(request(path), HttpResponse.BodyHandlers.ofString());
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return this.client.send(request(path), HttpResponse.BodyHandlers.ofString());
	}

	private HttpRequest request(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path)).build();
	}

}
