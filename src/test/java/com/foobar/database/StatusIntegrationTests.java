package com.foobar.database;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import com.foobar.database.topology.ServerRole;
import org.awaitility.Awaitility;
import org.jsoup.Connection;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.testcontainers.mysql.MySQLContainer;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests what the status page shows while database servers fail and recover. */
class StatusIntegrationTests {

	private static final MySQLContainer first = MySqlPair.first;

	private static final MySQLContainer second = MySqlPair.second;

	private final Connection visitor = Jsoup.newSession().ignoreHttpErrors(true);

	private Instance site;

	@BeforeEach
	void start() {
		this.site = Instance.start(new MySqlPair(), "foobar.database.failover.timeout=1s");
		this.site.awaitRole(second, ServerRole.REPLICA);
	}

	@AfterEach
	void stop() {
		this.site.close();
	}

	@Test
	void statusPageShowsWhatWorksWhileServersFailAndRecover() throws IOException {
		assertThat(health()).isEqualTo("Well. Everything works.");
		assertThat(states()).containsExactly("database-1 primary works", "database-2 replica works");
		signIn();
		try {
			MySqlPair.kill(second);
			awaitHealth("Limited. Everything works, though one of our servers does not.");
			assertThat(states()).containsExactly("database-1 primary works", "database-2 unknown does not work");

			MySqlPair.restart(second);
			awaitHealth("Well. Everything works.");

			MySqlPair.kill(first);
			awaitHealth("Limited. You can read, but nothing can be saved for the moment.");

			MySqlPair.kill(second);
			awaitHealth("Down. Our database does not answer, so there is nothing to show. We are working on it.");
			assertErrorPageLinksToStatus();
		}
		finally {
			MySqlPair.restart(first, second);
			MySqlPair.follow(second, first);
		}
		awaitHealth("Well. Everything works.");
	}

	private void signIn() throws IOException {
		FormElement form = open("/register").select("form").forms().getLast();
		Map.of("username", "watcher", "email", "watcher@example.com", "password", "password1")
			.forEach((name, value) -> form.select("[name=" + name + "]").val(value));
		assertThat(form.submit().execute().parse().select(".user-pic")).isNotEmpty();
	}

	// The visitor is signed in, but no server can look up the user.
	private void assertErrorPageLinksToStatus() throws IOException {
		Document error = open("/");
		assertThat(error.connection().response().statusCode()).isEqualTo(503);
		Document status = open(error.select("main a[href=/status]").attr("href"));
		assertThat(status.connection().response().statusCode()).isEqualTo(200);
		assertThat(status.connection().response().header("Cache-Control")).contains("no-store");
		assertThat(status.text()).doesNotContain("localhost");
	}

	private void awaitHealth(String expected) {
		Awaitility.await().untilAsserted(() -> assertThat(health()).isEqualTo(expected));
	}

	private String health() throws IOException {
		return open("/status").select(".health").text();
	}

	private List<String> states() throws IOException {
		return open("/status").select("tbody tr")
			.stream()
			.map((row) -> String.join(" ", row.child(0).text(), row.child(1).text(), row.child(3).text()))
			.toList();
	}

	private Document open(String path) throws IOException {
		return this.visitor.newRequest(this.site.url() + path).get();
	}

}
