package com.foobar.site;

import java.io.IOException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.foobar.web.security.SignInTokens;
import com.jayway.jsonpath.JsonPath;
import org.awaitility.Awaitility;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.test.web.servlet.client.EntityExchangeResult;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks that every list has a maximum size and links to its next part. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
@Import(ApiDescriptionCheck.class)
abstract class BoundsContract {

	private static final AtomicInteger number = new AtomicInteger();

	private static final String AMPERSANDS = "&".repeat(10_000);

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

	private final String name = "crowd" + number.incrementAndGet();

	private final String slug = "crowded-" + this.name;

	private final String comments = "/api/articles/" + this.slug + "/comments";

	private Guest author;

	private String token;

	private long article;

	@BeforeEach
	void publish() throws IOException {
		this.author = Guest.registered(this.port, this.name);
		this.author.press(this.author.open("/editor"), "Publish Article",
				Map.of("title", "Crowded " + this.name, "description", "Much said", "body", "Say something."));
		this.token = this.tokens.issue(id("SELECT id FROM users WHERE username = :name", this.name),
				this.jdbc.sql("SELECT password FROM users WHERE username = :name")
					.param("name", this.name)
					.query(String.class)
					.single());
		this.article = id("SELECT id FROM articles WHERE slug = :name", this.slug);
	}

	@Test
	void pageShowsTheNewest200CommentsAndLinksToOlderAndNewerOnes() throws IOException {
		write(IntStream.rangeClosed(1, 450).mapToObj((n) -> "Comment " + n).toList());
		Document first = this.author.open("/article/" + this.slug);
		assertThat(texts(first)).isEqualTo(numbered(450, 251));
		assertThat(first.select("#comments-title").text()).isEqualTo("450 comments");
		assertThat(first.select("a[rel=prev]")).isEmpty();
		Document second = this.author.open(older(first));
		assertThat(texts(second)).isEqualTo(numbered(250, 51));
		assertThat(second.select("#comments-title").text()).isEqualTo("450 comments");
		assertThat(second.title()).isEqualTo("Crowded %s, older comments — foobar".formatted(this.name));
		Document third = this.author.open(older(second));
		assertThat(texts(third)).isEqualTo(numbered(50, 1));
		assertThat(third.select("a[rel=next]")).isEmpty();
		Document back = this.author.open(newer(third));
		assertThat(texts(back)).isEqualTo(numbered(250, 51));
		assertThat(texts(this.author.open(newer(back)))).isEqualTo(numbered(450, 251));
	}

	@Test
	void pageHasAtMostHalfAMegabyteOfComments() throws IOException {
		write(IntStream.range(0, 25).mapToObj((n) -> AMPERSANDS).toList());
		List<String> found = new ArrayList<>();
		String path = "/article/" + this.slug;
		while (path != null) {
			Document page = this.author.open(path);
			assertThat(page.outerHtml().length()).isLessThan(550_000);
			found.addAll(texts(page));
			path = page.select("a[rel=next]").isEmpty() ? null : older(page);
		}
		assertThat(found).hasSize(25).containsOnly(AMPERSANDS);
	}

	@Test
	void redirectAfterPostingShowsTheComment() throws IOException {
		write(IntStream.rangeClosed(1, 201).mapToObj((n) -> "Comment " + n).toList());
		Document page = this.author.press(this.author.open("/article/" + this.slug), "Post Comment",
				Map.of("body", "The last word"));
		assertThat(texts(page).getFirst()).isEqualTo("The last word");
		assertThat(page.select("#comments-title").text()).isEqualTo("202 comments");
	}

	@Test
	void deletingAnOlderCommentRedirectsToItsPage() throws IOException {
		write(IntStream.rangeClosed(1, 202).mapToObj((n) -> "Comment " + n).toList());
		String older = older(this.author.open("/article/" + this.slug));
		Document page = delete(this.author.open(older));
		assertThat(page.location()).contains(older.replaceFirst("#.*", ""));
		assertThat(texts(page)).containsExactly("Comment 1");
		assertThat(page.select("#comments-title").text()).isEqualTo("201 comments");
		// The page of older comments is empty now, so the site shows the first page.
		assertThat(texts(delete(page))).isEqualTo(numbered(202, 3));
	}

	@ParameterizedTest
	@CsvSource({ "before=yesterday", "after=1-x", "before=99999999999999999-1" })
	void invalidCursorIsRefused(String query) throws IOException {
		assertThat(this.author.request("/article/" + this.slug + "?" + query).execute().statusCode()).isEqualTo(422);
	}

	@Test
	void apiListsTheNewest1000CommentsAndLinksToTheNext() {
		write(IntStream.rangeClosed(1, 1050).mapToObj((n) -> "Comment " + n).toList());
		var newest = get(this.comments);
		assertThat(bodies(newest)).isEqualTo(numbered(1050, 51));
		assertThat(link(newest)).isEqualTo("<%s?limit=1000&offset=1000>; rel=\"next\"".formatted(this.comments));
		var rest = get(this.comments + "?limit=1000&offset=1000");
		assertThat(bodies(rest)).isEqualTo(numbered(50, 1));
		assertThat(link(rest)).isNull();
		var some = get(this.comments + "?limit=2&offset=1");
		assertThat(bodies(some)).isEqualTo(numbered(1049, 1048));
		assertThat(link(some)).isEqualTo("<%s?limit=2&offset=3>; rel=\"next\"".formatted(this.comments));
		assertThat(bodies(get(this.comments + "?offset=5000"))).isEmpty();
	}

	@Test
	void apiListsAtMostTwoMegabytesOfComments() {
		write(IntStream.range(0, 110).mapToObj((n) -> "\"".repeat(10_000)).toList());
		var newest = get(this.comments);
		assertThat(newest.getResponseBody().length()).isBetween(1_900_000, 2_100_000);
		int listed = bodies(newest).size();
		assertThat(listed).isLessThan(110);
		assertThat(link(newest)).isEqualTo("<%s?limit=1000&offset=%d>; rel=\"next\"".formatted(this.comments, listed));
		assertThat(bodies(get(this.comments + "?offset=" + listed))).hasSize(110 - listed);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			limit=0    | limit  | must be between 1 and 1000
			limit=1001 | limit  | must be between 1 and 1000
			offset=-1  | offset | must not be negative
			limit=many | limit  | is not valid
			""")
	void invalidLimitsAndOffsetsAreRefused(String query, String parameter, String message) {
		for (String list : List.of(this.comments, "/api/tags")) {
			this.client.get()
				.uri(list + "?" + query)
				.exchange()
				.expectStatus()
				.isEqualTo(422)
				.expectBody()
				.jsonPath("$.errors.%s[0]".formatted(parameter))
				.isEqualTo(message);
		}
	}

	@Test
	void apiListsTheLatest1000TagsIncludingThoseAddedToOldArticles() {
		for (int batch = 0; batch < 3; batch++) {
			addTags(batch);
		}
		var tags = get("/api/tags");
		assertThat(listed(tags)).hasSize(1000).isSorted();
		assertThat(link(tags)).isEqualTo("</api/tags?limit=1000&offset=1000>; rel=\"next\"");
		assertThat(listed(get("/api/tags?limit=1000&offset=1000"))).isNotEmpty()
			.doesNotContainAnyElementsOf(listed(tags));
		String added = "added-" + this.name;
		send(HttpMethod.PUT, "/api/articles/" + this.slug, Map.of("article", Map.of("tagList", List.of(added))));
		assertThat(listed(get("/api/tags"))).hasSize(1000).contains(added);
		send(HttpMethod.DELETE, "/api/articles/" + this.slug, Map.of());
		assertThat(listed(get("/api/tags"))).doesNotContain(added);
		this.jdbc.sql("DELETE FROM articles WHERE slug LIKE :slug").param("slug", "tagged-" + this.name + "%").update();
	}

	// Inserts articles with 400 tags each, with creation times from now on.
	private void addTags(int batch) {
		String tagged = "tagged-%s-%d".formatted(this.name, batch);
		LocalDateTime later = LocalDateTime.now(ZoneOffset.UTC).plusSeconds(batch - 10);
		this.jdbc.sql("""
				INSERT INTO articles (slug, title, description, body, author_id, created_at, updated_at)
				SELECT :slug, 'Tagged', 'Tagged', 'Tagged', author_id, :at, :at FROM articles WHERE id = :like
				""").param("slug", tagged).param("at", later).param("like", this.article).update();
		long id = id("SELECT id FROM articles WHERE slug = :name", tagged);
		String row = "(%d, CONCAT('t', ?, '-%s'), ?)".formatted(id, this.name);
		List<Object> parameters = new ArrayList<>();
		IntStream.range(0, 400).forEach((n) -> parameters.addAll(List.of(batch * 400 + n, later)));
		this.jdbc
			.sql("INSERT INTO article_tags (article_id, tag, article_created_at) VALUES "
					+ String.join(", ", Collections.nCopies(400, row)))
			.params(parameters)
			.update();
	}

	@Test
	void deletesAnArticleAtOnceAndItsCommentsLater() {
		write(IntStream.rangeClosed(1, 1200).mapToObj((n) -> "Comment " + n).toList());
		send(HttpMethod.DELETE, "/api/articles/" + this.slug, Map.of());
		this.client.get().uri(this.comments).exchange().expectStatus().isNotFound();
		assertThat(remaining()).isEqualTo(remainingComments(1200));
		purge();
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> remaining() == 0);
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM deleted_articles WHERE article_id = :id")
			.param("id", this.article)
			.query(Integer.class)
			.single()).isZero();
	}

	/** Waits until every server has the rows that the test wrote directly. */
	void settle() {
	}

	/** Returns the number of comments that remain after the deletion of their article. */
	abstract int remainingComments(int comments);

	private int remaining() {
		return this.jdbc.sql("SELECT COUNT(*) FROM comments WHERE article_id = :id")
			.param("id", this.article)
			.query(Integer.class)
			.single();
	}

	private void purge() {
		this.schedule.getScheduledTasks()
			.stream()
			.map((task) -> task.getTask().getRunnable())
			.filter((task) -> task.toString().contains("OrphanPurge"))
			.forEach(Runnable::run);
	}

	private long id(String sql, String name) {
		return this.jdbc.sql(sql).param("name", name).query(Long.class).single();
	}

	// Inserts comments in that order, one second apart.
	private void write(List<String> bodies) {
		LocalDateTime begin = LocalDateTime.now(ZoneOffset.UTC).minusHours(1);
		for (int from = 0; from < bodies.size(); from += 100) {
			List<String> batch = bodies.subList(from, Math.min(bodies.size(), from + 100));
			String row = "(?, (SELECT author_id FROM articles WHERE id = ?), ?, ?)";
			List<Object> parameters = new ArrayList<>();
			for (int i = 0; i < batch.size(); i++) {
				parameters.addAll(List.of(this.article, this.article, batch.get(i), begin.plusSeconds(from + i)));
			}
			this.jdbc
				.sql("INSERT INTO comments (article_id, author_id, body, created_at) VALUES "
						+ String.join(", ", Collections.nCopies(batch.size(), row)))
				.params(parameters)
				.update();
		}
		settle();
	}

	private Document delete(Document page) throws IOException {
		Element form = page.select(".mod-options").first().closest("form");
		return ((FormElement) form).submit().execute().parse();
	}

	private static List<String> numbered(int newest, int oldest) {
		return IntStream.rangeClosed(oldest, newest).mapToObj((n) -> "Comment " + n).toList().reversed();
	}

	private static List<String> texts(Document page) {
		return page.select(".card-text").eachText();
	}

	private static String older(Document page) {
		return page.expectFirst("a[rel=next]:contains(Older comments)").attr("href");
	}

	private static String newer(Document page) {
		return page.expectFirst("a[rel=prev]:contains(Newer comments)").attr("href");
	}

	private EntityExchangeResult<String> get(String uri) {
		return this.client.get().uri(uri).exchange().expectStatus().isOk().expectBody(String.class).returnResult();
	}

	private void send(HttpMethod method, String uri, Object body) {
		this.client.method(method)
			.uri(uri)
			.header("Authorization", "Token " + this.token)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange()
			.expectStatus()
			.is2xxSuccessful();
	}

	private static List<String> bodies(EntityExchangeResult<String> response) {
		return JsonPath.read(Objects.requireNonNull(response.getResponseBody()), "$.comments[*].body");
	}

	private static List<String> listed(EntityExchangeResult<String> response) {
		return JsonPath.read(Objects.requireNonNull(response.getResponseBody()), "$.tags");
	}

	private static String link(EntityExchangeResult<String> response) {
		return response.getResponseHeaders().getFirst("Link");
	}

}
