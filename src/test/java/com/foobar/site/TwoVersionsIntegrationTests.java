package com.foobar.site;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import com.foobar.database.Instance;
import com.foobar.database.MySqlServers;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.client.HttpClientErrorException;
import org.testcontainers.mysql.MySQLContainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests that the version before the newest migrations still works after them, beside this
 * version and on the same rows, as during a roll-out.
 */
@Tag("slow")
class TwoVersionsIntegrationTests {

	private static final List<String> LISTS = List.of("/api/articles", "/api/articles?tag=both",
			"/api/articles?tag=old", "/api/articles?tag=changed", "/api/articles?tag=both&offset=1&limit=2",
			"/api/articles?author=ann", "/api/articles?favorited=ann", "/api/articles?favorited=ben",
			"/api/articles?tag=both&author=ben&favorited=ann", "/api/articles/feed");

	private static final List<String> FIELDS = List.of("$.articlesCount", "$..slug", "$..title", "$..tagList",
			"$..createdAt", "$..updatedAt", "$..favorited", "$..favoritesCount", "$..author.username",
			"$..author.following");

	private static MySQLContainer server;

	private static Instance current;

	private static PreviousVersion previous;

	private static ApiClient previousAnn;

	private static ApiClient currentAnn;

	private static ApiClient previousBen;

	private static ApiClient currentBen;

	@BeforeAll
	static void startBoth() {
		String commit = PreviousVersion.commit();
		print("Building the previous version from commit %s", commit);
		Path jar = PreviousVersion.build(commit);
		server = MySqlServers.server(1);
		server.start();
		MySqlServers.createAccounts(server);
		print("Migrating with the current version and starting both versions on the same database");
		ApplicationContextInitializer<ConfigurableApplicationContext> initializer = (context) -> MySqlServers
			.applySettings(context, List.of(server), server);
		current = Instance.start(initializer);
		previous = PreviousVersion.start(jar, MySqlServers.settings(List.of(server), server));
		print("Both versions are ready: %s and %s", current.url(), previous.url());
		signIn();
	}

	private static void print(String format, Object... values) {
		System.out.printf(format + "%n", values);
	}

	private static void signIn() {
		ApiClient.register(previous.url(), "ann");
		ApiClient.register(current.url(), "ben");
		previousAnn = ApiClient.signIn(previous.url(), "ann");
		currentAnn = ApiClient.signIn(current.url(), "ann");
		previousBen = ApiClient.signIn(previous.url(), "ben");
		currentBen = ApiClient.signIn(current.url(), "ben");
	}

	@AfterAll
	static void stopBoth() {
		if (previous != null) {
			previous.close();
		}
		if (current != null) {
			current.close();
		}
		if (server != null) {
			server.stop();
		}
	}

	// The versions publish in turn, so that the newest articles are not all of one
	// version.
	@Test
	void articlesOfBothVersionsAreInOrder() {
		String first = previousAnn.publish("First, before", "both", "old");
		String second = currentBen.publish("Second, now", "both", "new");
		String third = previousBen.publish("Third, before", "both", "old");
		String fourth = currentAnn.publish("Fourth, now", "both");
		assertThat(slugs(currentAnn, "/api/articles?tag=both")).containsExactly(fourth, third, second, first);
		assertThat(slugs(previousAnn, "/api/articles?tag=both")).containsExactly(fourth, third, second, first);
		previousAnn.delete("/api/articles/" + fourth);
		currentBen.delete("/api/articles/" + second);
		assertThat(slugs(currentAnn, "/api/articles?tag=both")).containsExactly(third, first);
		assertSameResponses();
	}

	@Test
	void favoritesOfBothVersionsAreCountedAndListed() {
		String first = previousAnn.publish("Liked, before");
		String second = currentAnn.publish("Liked, now");
		String third = previousAnn.publish("Liked, at last");
		currentBen.favorite(first);
		previousBen.favorite(second);
		currentBen.favorite(third);
		previousAnn.favorite(third);
		assertThat(slugs(currentAnn, "/api/articles?favorited=ben")).containsExactly(third, second, first);
		assertThat(currentAnn.<Integer>get("/api/articles/" + third, "$.article.favoritesCount")).isEqualTo(2);
		previousBen.delete("/api/articles/%s/favorite".formatted(first));
		currentBen.delete("/api/articles/%s/favorite".formatted(second));
		assertThat(slugs(currentAnn, "/api/articles?favorited=ben")).containsExactly(third);
		assertSameResponses();
	}

	@Test
	void changesOfOneVersionAreVisibleInTheOther() {
		String first = previousAnn.publish("Changed, before", "changed");
		String second = currentAnn.publish("Changed, now", "changed");
		String moved = currentAnn.retitle(first, "Moved now");
		String away = previousAnn.retitle(second, "Moved before");
		assertThat(previousBen.<String>get("/api/articles/" + first, "$.article.slug")).isEqualTo(moved);
		assertThat(currentBen.<String>get("/api/articles/" + second, "$.article.slug")).isEqualTo(away);
		previousAnn.retag(moved, "changed", "old");
		currentAnn.retag(away, "changed", "new");
		assertThat(slugs(currentBen, "/api/articles?tag=changed")).startsWith(away, moved);
		assertSameResponses();
	}

	@Test
	void usersAndCommentsOfBothVersionsAreShared() {
		String article = previousBen.publish("Talked about");
		previousAnn.post("/api/profiles/ben/follow", Map.of());
		currentBen.post("/api/profiles/ann/follow", Map.of());
		assertThat(slugs(currentAnn, "/api/articles/feed")).contains(article);
		currentAnn.put("/api/user", Map.of("user", Map.of("bio", "Was here before")));
		assertThat(previousBen.<String>get("/api/profiles/ann", "$.profile.bio")).isEqualTo("Was here before");
		int gone = previousBen.comment(article, "Said before");
		currentAnn.comment(article, "Said now");
		currentBen.delete("/api/articles/%s/comments/%d".formatted(article, gone));
		assertThat(previousAnn.<List<String>>get("/api/articles/%s/comments".formatted(article), "$.comments[*].body"))
			.containsExactly("Said now");
		assertSameResponses();
	}

	@Test
	void tokenOfOneVersionIsValidInTheOther() {
		assertThat(previousAnn.withUrl(current.url()).<String>get("/api/user", "$.user.username")).isEqualTo("ann");
		assertThat(currentAnn.withUrl(previous.url()).<String>get("/api/user", "$.user.username")).isEqualTo("ann");
	}

	@Test
	void changedPasswordRevokesTheTokensOfBothVersions() {
		ApiClient.register(previous.url(), "eve");
		for (String site : List.of(current.url(), previous.url())) {
			ApiClient phone = ApiClient.signIn(previous.url(), "eve");
			ApiClient laptop = ApiClient.signIn(current.url(), "eve");
			ApiClient.signIn(current.url(), "eve")
				.withUrl(site)
				.put("/api/user", Map.of("user", Map.of("password", "password1")));
			for (ApiClient revoked : List.of(phone, laptop)) {
				assertThatExceptionOfType(HttpClientErrorException.Unauthorized.class)
					.isThrownBy(() -> revoked.withUrl(previous.url()).get("/api/user", "$"));
				assertThatExceptionOfType(HttpClientErrorException.Unauthorized.class)
					.isThrownBy(() -> revoked.withUrl(current.url()).get("/api/user", "$"));
			}
		}
	}

	private static List<String> slugs(ApiClient client, String list) {
		return client.get(list, "$.articles[*].slug");
	}

	// Compares only the fields that both versions have, because the current version may
	// have more.
	private static void assertSameResponses() {
		for (String list : LISTS) {
			for (String field : FIELDS) {
				assertThat(currentAnn.<Object>get(list, field)).as(list + " " + field)
					.isEqualTo(previousAnn.<Object>get(list, field));
			}
		}
		assertThat(currentAnn.<Object>get("/api/tags", "$.tags"))
			.isEqualTo(previousAnn.<Object>get("/api/tags", "$.tags"));
		for (String page : List.of("/", "/tag/both", "/profile/ann", "/profile/ben/favorites")) {
			assertThat(titles(current.url() + page)).as(page).isEqualTo(titles(previous.url() + page));
		}
	}

	private static List<String> titles(String url) {
		try {
			return Jsoup.connect(url).get().select(".article-preview h1").eachText();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
