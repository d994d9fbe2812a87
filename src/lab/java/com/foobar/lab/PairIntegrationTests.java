package com.foobar.lab;

import java.io.IOException;
import java.util.UUID;

import com.jayway.jsonpath.JsonPath;
import org.jsoup.Connection;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What a pair of database servers promises as long as nothing is broken. */
@Tag("lab")
@Tag("pair")
class PairIntegrationTests {

	@Test
	void clientsOfTheApiSeeWhatTheyWroteWhileTheReplicaIsASecondBehind() throws IOException {
		String replica = Pair.await().replica();
		delay(replica, 1);
		try {
			for (int i = 0; i < 10; i++) {
				writeAndLook("lagging-" + UUID.randomUUID());
			}
		}
		finally {
			delay(replica, 0);
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

	private static void delay(String replica, int seconds) {
		Lab.ask(replica, """
				STOP REPLICA SQL_THREAD;
				CHANGE REPLICATION SOURCE TO SOURCE_DELAY = %d;
				START REPLICA SQL_THREAD
				""".formatted(seconds));
	}

}
