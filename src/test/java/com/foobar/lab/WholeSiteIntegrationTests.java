package com.foobar.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import com.jayway.jsonpath.JsonPath;
import org.awaitility.Awaitility;
import org.jsoup.Connection;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * A visitor's way through balancer, web servers and databases, and what becomes of it
 * when parts of them fail. One story, told in order: what a chapter breaks, the next one
 * finds mended.
 */
@Tag("lab")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WholeSiteIntegrationTests {

	private static final String SELECTS = """
			SELECT SUM(count_star) FROM performance_schema.events_statements_summary_by_user_by_event_name
			 WHERE user = 'foobar' AND event_name = 'statement/sql/select'
			""";

	private static final String INSERTS = SELECTS.replace("select'", "insert'");

	private static final String IS_PRIMARY = "SELECT NOT @@super_read_only";

	private final Connection visitor = Jsoup.newSession().ignoreHttpErrors(true).ignoreContentType(true);

	@Test
	@Order(1)
	void visitorRegistersPublishesAndEverybodyReads() throws IOException {
		String title = publish();
		Document article = Jsoup.connect(Lab.URL + "/article/" + title).get();
		assertThat(article.select("h1").text()).isEqualTo(title);
		assertThat(Jsoup.connect(Lab.URL).get().select(".article-preview h1").eachText()).contains(title);
		assertThat(get("/api/articles/" + title).statusCode()).isEqualTo(200);
	}

	@Test
	@Order(2)
	void bothInstancesAnswer() {
		assertThat(IntStream.range(0, 20).mapToObj((i) -> get("/").header("X-Served-By"))).contains("web-01", "web-02")
			.containsOnly("web-01", "web-02");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/health", "/actuator/prometheus", "/readyz", "/livez", "/%61ctuator/health" })
	@Order(3)
	void visitorsReachNothingThatIsForOperators(String path) {
		assertThat(get(path).statusCode()).isEqualTo(404);
	}

	@Test
	@Order(4)
	void replicaServesTheReadsAndPrimaryTheWrites() throws IOException {
		long primaryReads = count("web-01", SELECTS);
		long replicaReads = count("web-02", SELECTS);
		for (int i = 0; i < 50; i++) {
			assertThat(get("/api/articles").statusCode()).isEqualTo(200);
		}
		assertThat(count("web-01", SELECTS)).isEqualTo(primaryReads);
		assertThat(count("web-02", SELECTS)).isGreaterThanOrEqualTo(replicaReads + 50);

		long primaryWrites = count("web-01", INSERTS);
		publish();
		assertThat(count("web-01", INSERTS)).isGreaterThan(primaryWrites);
		assertThat(count("web-02", INSERTS)).isZero();
	}

	@Test
	@Order(5)
	void killedInstanceIsNotMissedAndComesBack() {
		Lab.on("web-01", "systemctl", "kill", "--signal=KILL", "foobar");
		assertEveryReadIsServedFor(Duration.ofSeconds(5));
		awaitInstance("web-01");
	}

	@Test
	@Order(6)
	void serverWithoutPowerIsNotMissed() throws IOException {
		Lab.powerOff("web-02");
		assertEveryReadIsServedFor(Duration.ofSeconds(10));
		publish();
		Lab.powerOn("web-02");
		awaitInstance("web-02");
		awaitReplica("web-02");
	}

	@Test
	@Order(7)
	void primaryThatCannotStopItsWritesStaysThePrimary() {
		Lab.on("web-01", "sh", "-c",
				"(mysql -e 'LOCK TABLES foobar.articles WRITE; SELECT SLEEP(12)' >/dev/null 2>&1 &)");
		Awaitility.await()
			.until(() -> Lab.ask("web-01",
					"SELECT COUNT(*) FROM performance_schema.processlist WHERE info LIKE 'SELECT SLEEP%'"),
					"1"::equals);
		assertThatIllegalStateException().isThrownBy(() -> Lab.operate("promote", "-e", "mysql_patience_seconds=2"))
			.withMessageContaining("Nothing changed: web-01 is still the primary");
		assertThat(Lab.ask("web-01", IS_PRIMARY)).isEqualTo("1");
		assertThat(Lab.ask("web-02", IS_PRIMARY)).isEqualTo("0");
		Awaitility.await().atMost(Duration.ofSeconds(20)).ignoreExceptions().until(() -> {
			publish();
			return true;
		});
	}

	@Test
	@Order(8)
	void promotedReplicaTakesTheWritesAndNoVisitorNotices() throws IOException {
		String started = started("web-01") + started("web-02");
		var promotion = CompletableFuture.runAsync(() -> Lab.operate("promote"));
		do {
			publish();
		}
		while (!promotion.isDone());
		promotion.join();
		assertThat(Lab.ask("web-02", IS_PRIMARY)).isEqualTo("1");
		assertThat(Lab.ask("web-01", IS_PRIMARY)).isEqualTo("0");
		long writes = count("web-02", INSERTS);
		publish();
		assertThat(count("web-02", INSERTS)).isGreaterThan(writes);
		assertThat(started("web-01") + started("web-02")).isEqualTo(started);
	}

	@Test
	@Order(9)
	void setUpAgainChangesNothingAndKeepsThePrimary() {
		assertThat(Lab.operate("up")).containsPattern("web-01 +: ok=\\d+ +changed=0")
			.containsPattern("web-02 +: ok=\\d+ +changed=0")
			.containsPattern("lb-01 +: ok=\\d+ +changed=0");
		assertThat(Lab.ask("web-02", IS_PRIMARY)).isEqualTo("1");
	}

	@Test
	@Order(10)
	void noSecretIsInTheLogsOrOnACommandLine() {
		// Each as it is, and as the token's key is handed over.
		String passwords = Lab.on("control", "sh", "-c",
				"for file in /root/secrets/*; do cat $file; tr -d '\\n' < $file | base64; done");
		for (String server : new String[] { "lb-01", "web-01", "web-02" }) {
			String seen = Lab.on(server, "sh", "-c", "journalctl --no-pager --output cat; ps -eo args");
			assertThat(passwords.lines()).isNotEmpty().noneMatch(seen::contains);
		}
	}

	@Test
	@Order(11)
	void clientsOfTheApiSeeWhatTheyWroteWhileTheReplicaIsASecondBehind() throws IOException {
		delay("web-01", 1);
		try {
			for (int i = 0; i < 10; i++) {
				writeAndLook("lagging-" + UUID.randomUUID());
			}
		}
		finally {
			delay("web-01", 0);
		}
	}

	// Each request on a connection of its own, to whichever instance, without a position.
	private static void writeAndLook(String name) throws IOException {
		String token = JsonPath.read(api(Connection.Method.POST, "/api/users", "", """
				{"user": {"username": "%s", "email": "%1$s@example.com", "password": "password1"}}
				""".formatted(name)), "$.user.token");
		api(Connection.Method.POST, "/api/articles", token, """
				{"article": {"title": "%s", "description": "Late", "body": "Later"}}
				""".formatted(name));
		String article = "/api/articles/" + name;
		assertThat(JsonPath.<String>read(api(Connection.Method.GET, article, "", null), "$.article.title"))
			.isEqualTo(name);
		api(Connection.Method.POST, article + "/favorite", token, null);
		assertThat(JsonPath.<Integer>read(api(Connection.Method.GET, article, "", null), "$.article.favoritesCount"))
			.isOne();
		api(Connection.Method.DELETE, article, token, null);
		assertThat(api(Connection.Method.GET, article, "", null)).contains("not found");
	}

	private static String api(Connection.Method method, String path, String token, String body) throws IOException {
		return Jsoup.connect(Lab.URL + path)
			.method(method)
			.ignoreContentType(true)
			.ignoreHttpErrors(true)
			.header("Authorization", "Token " + token)
			.header("Content-Type", "application/json")
			.requestBody(body)
			.execute()
			.body();
	}

	private static void delay(String replica, int seconds) {
		Lab.ask(replica, """
				STOP REPLICA SQL_THREAD;
				CHANGE REPLICATION SOURCE TO SOURCE_DELAY = %d;
				START REPLICA SQL_THREAD
				""".formatted(seconds));
	}

	/**
	 * Registers somebody through the pages; their article's title, which is also its
	 * slug.
	 */
	private String publish() throws IOException {
		String title = "story-" + UUID.randomUUID();
		Connection author = Jsoup.newSession();
		submit(author.newRequest(Lab.URL + "/register").get(),
				Map.of("username", title, "email", title + "@example.com", "password", "password1"));
		Connection.Response published = submit(author.newRequest(Lab.URL + "/editor").get(),
				Map.of("title", title, "description", "A story", "body", "Told *well*", "tagList", "stories"));
		// Its author sees it at once, whichever instance and replica the form led to.
		assertThat(published.url().getPath()).isEqualTo("/article/" + title);
		assertThat(published.statusCode()).isEqualTo(200);
		Awaitility.await().until(() -> get("/article/" + title).statusCode() == 200);
		return title;
	}

	private static Connection.Response submit(Document page, Map<String, String> fields) throws IOException {
		FormElement form = page.select("form").forms().getLast();
		fields.forEach((name, value) -> form.select("[name=" + name + "]").val(value));
		return form.submit().ignoreHttpErrors(true).execute();
	}

	private Connection.Response get(String path) {
		try {
			return this.visitor.newRequest(Lab.URL + path).execute();
		}
		catch (IOException ex) {
			throw new AssertionError("GET " + path, ex);
		}
	}

	private void assertEveryReadIsServedFor(Duration time) {
		long end = System.nanoTime() + time.toNanos();
		do {
			assertThat(get("/").statusCode()).isEqualTo(200);
		}
		while (System.nanoTime() < end);
	}

	private static long count(String server, String query) {
		String sum = Lab.ask(server, query);
		return sum.equals("NULL") ? 0 : Long.parseLong(sum);
	}

	private void awaitInstance(String server) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> get("/").header("X-Served-By"), server::equals);
	}

	private static void awaitReplica(String server) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.ignoreExceptions()
			.until(() -> Lab.ask(server, "SELECT service_state FROM performance_schema.replication_connection_status"),
					"ON"::equals);
	}

	private static String started(String server) {
		return Lab.on(server, "systemctl", "show", "--property=MainPID", "--property=ActiveEnterTimestamp", "foobar");
	}

}
