package com.foobar.lab;

import java.io.IOException;
import java.util.UUID;

import com.jayway.jsonpath.JsonPath;
import org.jsoup.Connection;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that clients of the API read what they wrote from a healthy pair of database
 * servers.
 */
@Tag("lab")
@Tag("pair")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PairIntegrationTests {

	@Test
	@Order(1)
	void apiClientsReadTheirWritesWhileTheReplicaLags() throws IOException {
		String replica = Pair.await().replica();
		setDelay(replica, 1);
		try {
			for (int i = 0; i < 10; i++) {
				writeAndRead("lagging-" + UUID.randomUUID());
			}
		}
		finally {
			setDelay(replica, 0);
		}
	}

	// After all faults of this lab, nothing is left that needs a person.
	@Test
	@Order(2)
	void healthyPairHasNoAlert() {
		Alerts.awaitHealthySite();
	}

	// Each request has its own connection, can reach either instance, and carries no
	// position.
	private static void writeAndRead(String name) throws IOException {
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

	private static String api(Connection.Method method, String path, String token, @Nullable String body)
			throws IOException {
		Connection request = Jsoup.connect(Lab.URL + path)
			.method(method)
			.ignoreContentType(true)
			.ignoreHttpErrors(true)
			.header("Authorization", "Token " + token)
			.header("Content-Type", "application/json");
		if (body != null) {
			request.requestBody(body);
		}
		return request.execute().body();
	}

	private static void setDelay(String replica, int seconds) {
		Lab.sql(replica, """
				STOP REPLICA SQL_THREAD;
				CHANGE REPLICATION SOURCE TO SOURCE_DELAY = %d;
				START REPLICA SQL_THREAD
				""".formatted(seconds));
	}

}
