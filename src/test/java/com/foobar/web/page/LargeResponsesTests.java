package com.foobar.web.page;

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

/** How large answers are made: few at once, and sent while they are rendered. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
		properties = { "foobar.large-answers.at-once=1", "foobar.large-answers.patience=100ms",
				"foobar.large-answers.longest=5s" })
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
	void whoseTurnDoesNotComeIsAskedToComeBack(String path) throws Exception {
		comment("a-site-that-does-not-stop");
		publish("many-words");
		CompletableFuture<HttpResponse<String>> first = this.pages.begin(() -> asking("/slow"));
		HttpResponse<String> refused = get(path);
		assertThat(refused.statusCode()).isEqualTo(503);
		assertThat(refused.headers().firstValue("Retry-After")).hasValue("2");
		if (path.startsWith("/api")) {
			assertThat(refused.body()).isEqualTo("{\"errors\":{\"site\":[\"is busy, try again in a moment\"]}}");
		}
		else {
			assertThat(Jsoup.parse(refused.body()).select("main").text())
				.contains("Site is busy, try again in a moment");
		}
		this.pages.end();
		assertThat(first.join().statusCode()).isEqualTo(200);
		Awaitility.await().until(() -> get(path).statusCode() == 200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/search?q=numbers", "/article/check-the-numbers", "/profile/ada", "/api/tags",
			"/api/articles", "/api/articles/check-the-numbers", "/api/articles/check-the-numbers/comments" })
	void smallAnswersDoNotWait(String path) throws Exception {
		CompletableFuture<HttpResponse<String>> first = this.pages.begin(() -> asking("/slow"));
		assertThat(get(path).statusCode()).isEqualTo(200);
		this.pages.end();
		first.join();
	}

	@Test
	void readerWhoDoesNotReadKeepsOthersWaitingForAWhileOnly() throws Exception {
		try (var silent = new Socket()) {
			// The smaller the buffer, the sooner the server has to wait.
			silent.setReceiveBufferSize(4096);
			silent.connect(new InetSocketAddress("localhost", this.port));
			this.pages.begin(() -> ask("/endless", silent));
			assertThat(get("/feed.atom").statusCode()).isEqualTo(503);
			Awaitility.await()
				.atMost(Duration.ofSeconds(15))
				.untilAsserted(() -> assertThat(get("/feed.atom").statusCode()).isEqualTo(200));
		}
	}

	@Test
	void turnThatEndedByItselfDoesNotEndAnotherOne() throws Exception {
		CompletableFuture<HttpResponse<String>> first = this.pages.begin(() -> asking("/slow"));
		CountDownLatch end = this.pages.ended;
		Awaitility.await().atMost(Duration.ofSeconds(15)).until(() -> get("/feed.atom").statusCode() == 200);
		CompletableFuture<HttpResponse<String>> second = this.pages.begin(() -> asking("/slow"));
		end.countDown();
		assertThat(first.join().statusCode()).isEqualTo(200);
		assertThat(get("/feed.atom").statusCode()).isEqualTo(503);
		this.pages.end();
		assertThat(second.join().statusCode()).isEqualTo(200);
	}

	@Test
	void largePageIsSentWhileItIsRenderedAndArrivesWhole() throws Exception {
		HttpResponse<String> page = get("/large");
		assertThat(page.headers().firstValue("Content-Length")).isEmpty();
		assertThat(page.body()).isEqualTo("<p>é</p>".repeat(LargePages.PARAGRAPHS));
	}

	@Test
	void nobodyTakesTheBeginningOfAPageThatFailedForAllOfIt() {
		assertThatIOException().isThrownBy(() -> get("/broken"));
	}

	// More than is small.
	private void comment(String slug) {
		for (int i = 0; i < 20; i++) {
			this.jdbc.sql("""
					INSERT INTO comments (article_id, author_id, body, created_at)
					SELECT id, author_id, REPEAT('a', 10000), :now FROM articles WHERE slug = :slug
					""").param("now", LocalDateTime.now(ZoneOffset.UTC)).param("slug", slug).update();
		}
	}

	// As long as may be, without a comment.
	private void publish(String slug) {
		this.jdbc.sql("""
				INSERT INTO articles (slug, title, description, body, author_id, created_at, updated_at)
				SELECT :slug, title, description, REPEAT('a', 100000), author_id, created_at, updated_at
				  FROM articles
				 WHERE slug = 'check-the-numbers' AND NOT EXISTS (SELECT 1 FROM articles WHERE slug = :slug)
				""").param("slug", slug).update();
	}

	private static Socket ask(String path, Socket reader) {
		try {
			String request = "GET %s HTTP/1.1\r\nHost: localhost\r\n\r\n".formatted(path);
			reader.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
			return reader;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private CompletableFuture<HttpResponse<String>> asking(String path) {
		return this.client.sendAsync(request(path), HttpResponse.BodyHandlers.ofString());
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return this.client.send(request(path), HttpResponse.BodyHandlers.ofString());
	}

	private HttpRequest request(String path) {
		return HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path)).build();
	}

}
