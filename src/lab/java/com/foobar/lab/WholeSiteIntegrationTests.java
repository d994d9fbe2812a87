package com.foobar.lab;

import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a healthy site serves visitors through its balancers, web servers and
 * databases.
 */
@Tag("lab")
@Tag("group")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WholeSiteIntegrationTests {

	private static final Duration QUIET = Duration.ofHours(1);

	private static final String SELECTS = """
			SELECT SUM(count_star) FROM performance_schema.events_statements_summary_by_user_by_event_name
			 WHERE user = 'foobar' AND event_name = 'statement/sql/select'
			""";

	private static final String INSERTS = SELECTS.replace("select'", "insert'");

	@Test
	@Order(1)
	void publishedArticleIsReadableByEveryVisitor() throws IOException {
		String title = SiteRequests.publish();
		Document article = Jsoup.connect(Lab.URL + "/article/" + title).get();
		assertThat(article.select("h1").text()).isEqualTo(title);
		assertThat(Jsoup.connect(Lab.URL).get().select(".article-preview h1").eachText()).contains(title);
		assertThat(SiteRequests.get("/api/articles/" + title).statusCode()).isEqualTo(200);
	}

	@Test
	@Order(2)
	void bothInstancesServeRequests() {
		assertThat(IntStream.range(0, 20).mapToObj((i) -> SiteRequests.get("/").header("X-Served-By")))
			.containsOnly("web-01", "web-02");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/actuator/health", "/actuator/prometheus", "/readyz", "/livez", "/%61ctuator/health" })
	@Order(3)
	void managementPathsAreNotReachable(String path) {
		assertThat(SiteRequests.get(path).statusCode()).isEqualTo(404);
	}

	@Test
	@Order(4)
	void replicasServeTheReadsAndThePrimaryTheWrites() throws IOException {
		String primary = Group.awaitPrimary();
		long primaryReads = count(primary, SELECTS);
		long reads = countOnAll(SELECTS);
		for (int i = 0; i < 50; i++) {
			assertThat(SiteRequests.get("/api/articles").statusCode()).isEqualTo(200);
		}
		assertThat(count(primary, SELECTS)).isEqualTo(primaryReads);
		assertThat(countOnAll(SELECTS)).isGreaterThanOrEqualTo(reads + 50);

		// The other servers may have been the primary before.
		long writes = count(primary, INSERTS);
		long writesOfOthers = countOnAll(INSERTS) - writes;
		SiteRequests.publish();
		long writesAfter = count(primary, INSERTS);
		assertThat(writesAfter).isGreaterThan(writes);
		assertThat(countOnAll(INSERTS) - writesAfter).isEqualTo(writesOfOthers);
	}

	@Test
	@Order(5)
	@Tag("long")
	void secondSetupChangesNothing() {
		String primary = Group.awaitPrimary();
		assertThat(Lab.operate("up")).containsPattern("web-01 +: ok=\\d+ +changed=0")
			.containsPattern("web-02 +: ok=\\d+ +changed=0")
			.containsPattern("ops-01 +: ok=\\d+ +changed=0")
			.containsPattern("lb-01 +: ok=\\d+ +changed=0")
			.containsPattern("lb-02 +: ok=\\d+ +changed=0");
		assertThat(Group.awaitPrimary()).isEqualTo(primary);
	}

	@Test
	@Order(6)
	void databaseConnectionsOverTheNetworkAreEncrypted() {
		for (String server : Group.MEMBERS) {
			assertThat(Lab.sql(server, """
					SELECT COUNT(*), SUM(connection_type <> 'SSL/TLS') FROM performance_schema.threads
					 WHERE processlist_user LIKE 'foobar%' AND connection_type <> 'Socket'
					""")).matches("[1-9]\\d*\\t0");
			assertThat(Lab.sql(server, "SELECT @@require_secure_transport")).isEqualTo("1");
		}
	}

	@Test
	@Order(7)
	void noSecretIsInTheLogsOrOnACommandLine() {
		// The logs may contain no secret, neither as it is nor in Base64, which is how
		// the application gets the tokens' key. Private keys are sought line by line.
		String secrets = Lab.on("control", "sh", "-c", """
				cd /root/secrets; for file in *_*; do cat $file; echo; tr -d '\\n' < $file | base64; done
				grep -h -v -e ----- authority.key acme.key
				""");
		for (String server : Lab.SERVERS) {
			String seen = Lab.on(server, "sh", "-c",
					"journalctl --namespace='*' --no-pager --output cat; ps -eo args; zcat --force /var/log/mysql/* || true");
			assertThat(secrets.lines().filter((line) -> !line.isBlank())).hasSizeGreaterThan(10)
				.noneMatch(seen::contains);
		}
	}

	// The last test of the lab in each run: after all faults and operations, nothing is
	// left that needs a person.
	@Test
	@Order(8)
	void healthySiteHasNoAlert() {
		Alerts.awaitHealthySite();
	}

	@Test
	@Order(9)
	@Tag("long")
	@Tag("quiet")
	void quietSiteHasNoAlert() {
		Alerts.awaitNoneExcept(Alerts.OF_ERRORS_OVER_TIME, Duration.ofMinutes(20));
		Alerts alerts = Alerts.watch();
		Awaitility.await().pollDelay(QUIET).atMost(QUIET.plusMinutes(1)).until(() -> true);
		assertThat(alerts.fired()).isEmpty();
	}

	private static long countOnAll(String query) {
		return Group.MEMBERS.stream().mapToLong((server) -> count(server, query)).sum();
	}

	private static long count(String server, String query) {
		String sum = Lab.sql(server, query);
		return sum.equals("NULL") ? 0 : Long.parseLong(sum);
	}

}
