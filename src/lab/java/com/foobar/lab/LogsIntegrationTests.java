package com.foobar.lab;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertAll;

/**
 * Tests that the logs of a server that is gone are on the server that keeps all journals,
 * and that nothing is lost while that one is gone.
 */
@Tag("lab")
@Tag("group")
class LogsIntegrationTests {

	private static final String OPS = "ops-01";

	private static final int REQUESTS = 20;

	private static final Duration LATENCY = Duration.ofSeconds(1);

	private String killed = "";

	@AfterEach
	void startAgain() {
		if (!this.killed.isEmpty()) {
			Lab.powerOn(this.killed);
			String service = this.killed.equals(OPS) ? "mysql" : "haproxy";
			await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> isActive(this.killed, service));
		}
		Lab.on(OPS, "systemctl", "start", "journal-remote-tls");
	}

	@Test
	void accessLinesOfTheLastSecondOfAKilledBalancerAreFound() {
		this.killed = Balancers.awaitHolder();
		List<Sent> sent = new ArrayList<>();
		Instant end = Instant.now().plusSeconds(5);
		while (Instant.now().isBefore(end)) {
			String id = Client.get("/").header("X-Request-Id").orElseThrow();
			sent.add(new Sent(id, Instant.now()));
		}
		Instant kill = Instant.now();
		Lab.powerOff(this.killed);
		List<String> last = sent.stream()
			.filter((request) -> request.at().isAfter(kill.minus(LATENCY)))
			.map(Sent::id)
			.toList();
		assertThat(last).anySatisfy((id) -> assertThat(find(id)).contains(this.killed, "haproxy"));
	}

	// A trigger makes the statement slow. Replicas get the row without it. The slow log
	// has only statements that examine rows, as this one does.
	@Test
	void requestWithASlowStatementIsFoundOnAllItsServersAndInTheSlowLog() throws IOException {
		String article = SiteRequests.publish();
		String primary = Group.awaitPrimary();
		Lab.sql(primary,
				"CREATE TRIGGER foobar.slow BEFORE INSERT ON foobar.comments FOR EACH ROW SET @slept = SLEEP(1.5)");
		String id;
		try {
			id = comment(article);
		}
		finally {
			Lab.sql(primary, "DROP TRIGGER foobar.slow");
		}
		await().atMost(Duration.ofSeconds(30))
			.ignoreExceptions()
			.untilAsserted(() -> assertThat(find(id)).containsPattern("lb-0[12] +haproxy .*comments")
				.containsPattern("web-0[12] +nginx ")
				.containsPattern("web-0[12] +foobar .*Slow statement: server=%s".formatted(primary))
				.containsPattern("(?si)%s +mysql-slow-log .*# Query_time: 1\\.5.*insert into".formatted(primary)));
	}

	private static String comment(String article) {
		Client.Response login = Client.curl("--json", """
				{"user": {"email": "%s@example.com", "password": "password1"}}
				""".formatted(article), Client.SITE + "/api/users/login");
		Client.Response response = Client.curl("--header",
				"Authorization: Token " + JsonPath.read(login.body(), "$.user.token"), "--json", """
						{"comment": {"body": "A comment"}}
						""", Client.SITE + "/api/articles/%s/comments".formatted(article));
		assertThat(response.status()).isBetween(200, 201);
		return response.header("X-Request-Id").orElseThrow();
	}

	@Test
	void nothingIsLostAndNoVisitorWaitsWhileNobodyReceives() {
		String primary = Group.awaitPrimary();
		List<String> ids = new ArrayList<>();
		LoadEvents events = Traffic.during(() -> {
			Lab.on(OPS, "systemctl", "stop", "journal-remote-tls");
			for (int i = 0; i < REQUESTS; i++) {
				ids.add(Client.get("/").header("X-Request-Id").orElseThrow());
			}
			// An uploader whose receiver is silent ends after 30 seconds, and its restart
			// takes ten more.
			await().atMost(Duration.ofMinutes(1))
				.until(() -> Lab.isInJournal("web-01", "--unit=systemd-journal-upload@access", "Scheduled restart"));
			Lab.on(OPS, "systemctl", "start", "journal-remote-tls");
		});
		awaitReceived(ids);
		assertAll(() -> Target.slowestRead(2).check("Receive no journals", events), () -> new DataCheck(events)
			.assertNoRequestFailed("Receive no journals", Target.withoutVisits(1), primary));
	}

	// Unlike above, connections to it are not refused: they wait.
	@Test
	@Tag("long")
	@Tag("monitoring")
	void nothingIsLostWhileTheReceivingServerIsOff() {
		this.killed = OPS;
		Lab.powerOff(OPS);
		List<String> ids = new ArrayList<>();
		for (int i = 0; i < REQUESTS; i++) {
			ids.add(Client.get("/").header("X-Request-Id").orElseThrow());
		}
		await().pollDelay(Duration.ofMinutes(1)).atMost(Duration.ofMinutes(2)).until(() -> true);
		Lab.powerOn(OPS);
		awaitReceived(ids);
		Group.awaitPrimary();
	}

	private static void awaitReceived(List<String> ids) {
		await("the lines of all requests are on " + OPS).atMost(Duration.ofMinutes(2))
			.pollInterval(Duration.ofSeconds(2))
			.ignoreExceptions()
			.untilAsserted(() -> {
				assertThat(received("haproxy")).contains(ids);
				assertThat(received("nginx")).contains(ids);
			});
	}

	private static String received(String identifier) {
		return Lab.on(OPS, "journalctl", "--directory=/var/log/journal/remote", "--quiet", "--no-pager", "--output=cat",
				"--since=-5min", "--identifier=" + identifier);
	}

	private static String find(String id) {
		return Lab.operate("find", id);
	}

	private static boolean isActive(String server, String unit) {
		return Lab.on(server, "systemctl", "is-active", unit).equals("active");
	}

	/**
	 * A request whose response has arrived.
	 */
	private record Sent(String id, Instant at) {
	}

}
