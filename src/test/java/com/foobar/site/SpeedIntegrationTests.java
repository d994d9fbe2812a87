package com.foobar.site;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

import com.foobar.TimeTarget;
import com.foobar.site.LargeSite.Statement;
import com.jayway.jsonpath.JsonPath;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.scheduling.config.ScheduledTaskHolder;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.web.servlet.client.RestTestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the cost of each page on a site with 100,000 articles: the number of statements,
 * the number of rows that the database server reads, and the time. The test reads the
 * statements from the database server, so it sees exactly those that the site sends.
 */
@Tag("slow")
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureRestTestClient
@ContextConfiguration(initializers = LargeSite.class)
class SpeedIntegrationTests {

	private static final String READER = """
			{"user":{"username":"reader","email":"reader@example.com","password":"password1"}}
			""";

	private static @Nullable String token;

	@Autowired
	RestTestClient client;

	@Autowired
	ScheduledTaskHolder schedule;

	@BeforeAll
	static void fill(@Autowired RestTestClient client) {
		LargeSite.fill();
		String user = client.post()
			.uri("/api/users")
			.contentType(MediaType.APPLICATION_JSON)
			.body(READER)
			.exchange()
			.expectBody(String.class)
			.returnResult()
			.getResponseBody();
		token = JsonPath.read(user, "$.user.token");
		LargeSite
			.run("""
					INSERT INTO follows (follower_id, followed_id)
					SELECT reader.id, users.id FROM users reader JOIN users ON users.id % 10 = 1 WHERE reader.username = 'reader'
					""");
		LargeSite.run("""
				INSERT INTO favorites (user_id, article_id, article_created_at)
				SELECT users.id, articles.id, articles.created_at
				  FROM users JOIN articles ON articles.id % 20 = 0 WHERE username = 'reader'
				""");
		print("%n%-66s%11s%9s%10s%8s", "100,000 articles", "statements", "rows", "ms", "target");
	}

	// The columns are path, user, number of statements, maximum of rows read, maximum of
	// rows sorted, and target in ms. A page that neither counts nor skips rows reads some
	// hundreds of rows of articles, authors, tags and favorites. Popular tags add some
	// thousands.
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/                                                          | anonymous | 3 | 108000 |    40 |  60
			/                                                          | reader    | 4 | 108000 |    40 |  60
			/?page=9000                                                | anonymous | 3 | 198000 |    40 | 120
			/?feed=following                                           | reader    | 4 |  45000 |    40 |  60
			/tag/popular                                               | anonymous | 3 |  39000 |    40 |  40
			/tag/popular?page=2500                                     | anonymous | 3 |  62000 |    40 |  60
			/tag/topic-5                                               | anonymous | 3 |   9000 |    40 |  20
			/tag/rare                                                  | anonymous | 3 |   9000 |    40 |  20
			/tag/forgotten                                             | anonymous | 3 |  27000 |    40 |  40
			/tag/nothing                                               | anonymous | 3 |   6000 |    40 |  20
			/article/article-100000                                    | anonymous | 3 |   2100 |    40 |  20
			/article/article-1                                         | reader    | 5 |   4000 |  2000 |  20
			/profile/author-1                                          | anonymous | 3 |   9000 |    40 |  20
			/profile/author-1999                                       | anonymous | 3 |    300 |    40 |  20
			/profile/reader/favorites                                  | anonymous | 3 |   8000 |    40 |  20
			/profile/reader/favorites?page=400                         | anonymous | 3 |  10000 |    40 |  20
			/api/articles                                              | anonymous | 2 | 104000 |    40 |  60
			/api/articles?offset=99000&limit=100                       | anonymous | 2 | 203000 |   200 | 120
			/api/articles?tag=popular&author=author-1                  | anonymous | 2 |  20000 |    40 |  60
			/api/articles?tag=rare&author=author-1                     | anonymous | 2 |    300 |    40 |  20
			/api/articles?tag=popular&favorited=reader                 | reader    | 3 |  35000 |    40 |  80
			/api/articles?author=author-1&favorited=reader             | anonymous | 2 |  25000 |    40 |  60
			/api/articles?tag=popular&author=author-1&favorited=reader | anonymous | 2 |  25000 |    40 |  60
			/api/articles/feed?offset=10000                            | reader    | 3 |  45000 | 10100 |  60
			/api/articles/article-1/comments                           | reader    | 3 |   7000 |  4000 |  20
			/api/tags                                                  | anonymous | 1 |  11000 |  2100 |  20
			/api/profiles/author-1                                     | reader    | 2 |     10 |    40 |  20
			/feed.atom                                                 | anonymous | 1 |    300 |   100 |  40
			/tag/popular/feed.atom                                     | anonymous | 1 |    300 |   100 |  40
			/profile/author-1/feed.atom                                | anonymous | 2 |    300 |   100 |  40
			/search?q=words                                            | anonymous | 2 |    300 |    40 | 200
			/search?q=77777                                            | anonymous | 2 |    300 |    40 |  20
			/sitemap.xml                                               | anonymous | 2 | 201000 |    40 | 150
			/sitemap-articles-3.xml                                    | anonymous | 1 |  10100 |    40 |  60
			/sitemap-authors-0.xml                                     | anonymous | 1 | 210000 |  2100 | 400
			""")
	void pagesReadABoundedNumberOfRows(String path, String user, int statements, long rows, long sorted, long target) {
		get(path, user);
		long before = LargeSite.rowsRead();
		List<Statement> sent = statements(() -> get(path, user));
		long read = LargeSite.rowsRead() - before;
		Duration time = shortestTime(path, user);
		var timeTarget = new TimeTarget(Duration.ofMillis(target));
		print("%-70s%7d%9d%10.1f%8d%s", path + " " + user, sent.size(), read, time.toNanos() / 1e6, target,
				timeTarget.isMissed(time) ? " target missed" : "");
		assertThat(sent).as(path).hasSize(statements).allSatisfy(SpeedIntegrationTests::usesIndexes);
		assertThat(sent).extracting(Statement::sorted).allSatisfy((put) -> assertThat(put).isLessThanOrEqualTo(sorted));
		assertThat(read).as("Number of rows read for " + path).isLessThanOrEqualTo(rows);
		timeTarget.assertWithinTolerance("the time for " + path, time);
	}

	@Test
	void formerSlugIsFoundByItsIndex() {
		assertCost(3, () -> get("/api/articles/former-77777", "anonymous"));
	}

	@Test
	void signInUsesTheIndexOnEmail() {
		assertCost(1, () -> post("/api/users/login", READER));
	}

	@Test
	void idempotencyCleanupUsesAnIndex() {
		Runnable cleanup = this.schedule.getScheduledTasks()
			.stream()
			.map((task) -> task.getTask().getRunnable())
			.filter((task) -> task.toString().contains("IdempotencyCleanup"))
			.findFirst()
			.orElseThrow();
		// The site may have deleted the expired records already, so the test lets another
		// thousand expire.
		LargeSite.run(
				"UPDATE answered_requests SET created_at = created_at - INTERVAL 1 DAY ORDER BY created_at LIMIT 1000");
		LargeSite.clearStatements();
		long before = LargeSite.rowsRead();
		cleanup.run();
		List<Statement> deletions = LargeSite.statements();
		assertThat(deletions).isNotEmpty().allSatisfy(SpeedIntegrationTests::usesIndexes);
		assertThat(LargeSite.rowsRead() - before).isLessThan(5000);
	}

	@Test
	void writesReadABoundedNumberOfRows() {
		assertCost(4, () -> post("/api/articles/article-50001/favorite", "{}"));
		assertCost(3, () -> post("/api/profiles/author-2/follow", "{}"));
		assertCost(3, () -> post("/api/articles/article-50001/comments", "{\"comment\":{\"body\":\"Well said.\"}}"));
		assertCost(4, () -> post("/api/articles", """
				{"article":{"title":"New","description":"It","body":"Text","tagList":["popular","rare","new"]}}
				"""));
	}

	private static void assertCost(int statements, Runnable request) {
		long before = LargeSite.rowsRead();
		List<Statement> sent = statements(request);
		assertThat(sent).hasSizeLessThanOrEqualTo(statements).allSatisfy(SpeedIntegrationTests::usesIndexes);
		assertThat(LargeSite.rowsRead() - before).as(sent.toString()).isLessThan(100);
	}

	// Runs the request, and returns the statements that the site sends for it. Leaves out
	// the statements of scheduled tasks.
	private static List<Statement> statements(Runnable request) {
		LargeSite.clearStatements();
		request.run();
		return LargeSite.statements()
			.stream()
			.filter((sent) -> !sent.sql().startsWith("DELETE FROM answered"))
			.toList();
	}

	// Checks only the tables of the site, because the database server scans its own
	// temporary tables.
	private static void usesIndexes(Statement statement) {
		assertThat(LargeSite.plan(statement)).as(statement.sql())
			.doesNotContainPattern("Table scan on (?!page|newest|<)");
	}

	// Returns the shortest of ten times, because other load on the machine affects it
	// least.
	private Duration shortestTime(String path, String user) {
		return Duration.ofNanos(IntStream.range(0, 10).mapToLong((round) -> {
			long start = System.nanoTime();
			get(path, user);
			return System.nanoTime() - start;
		}).min().orElseThrow());
	}

	// Sends the token in the cookie for pages, and in the header for the API.
	private void get(String path, String user) {
		RestTestClient.RequestHeadersSpec<?> request = this.client.get().uri(path);
		if (user.equals("reader")) {
			request.header(HttpHeaders.AUTHORIZATION, "Token " + token).cookie("sign-in", String.valueOf(token));
		}
		request.exchange().expectBody().returnResult();
	}

	private void post(String path, String body) {
		this.client.post()
			.uri(path)
			.header(HttpHeaders.AUTHORIZATION, "Token " + token)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.exchange()
			.expectStatus()
			.is2xxSuccessful()
			.expectBody()
			.returnResult();
	}

	private static void print(String format, Object... values) {
		System.out.printf(Locale.ROOT, format + "%n", values);
	}

}
