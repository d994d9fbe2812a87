package com.foobar.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

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
 * The version before the newest migrations still works after them, beside this version
 * and on the same rows, as during a roll-out.
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

	private static VersionBefore previous;

	private static ApiClient oldAnn;

	private static ApiClient newAnn;

	private static ApiClient oldBen;

	private static ApiClient newBen;

	@BeforeAll
	static void startBoth() {
		String commit = VersionBefore.commit();
		print("Building the version before the newest migration, %s", commit);
		Path jar = VersionBefore.build(commit);
		server = MySqlServers.server(1);
		server.start();
		MySqlServers.createAccounts(server);
		print("Migrating with this version, and starting both on the same database");
		ApplicationContextInitializer<ConfigurableApplicationContext> pointer = (context) -> MySqlServers.point(context,
				List.of(server), server);
		current = Instance.on(pointer);
		previous = VersionBefore.start(jar, MySqlServers.settings(List.of(server), server));
		print("Both are ready: %s and %s", current.url(), previous.url());
		signIn();
	}

	private static void print(String format, Object... values) {
		System.out.printf(format + "%n", values);
	}

	private static void signIn() {
		ApiClient.register(previous.url(), "ann");
		ApiClient.register(current.url(), "ben");
		oldAnn = ApiClient.signIn(previous.url(), "ann");
		newAnn = ApiClient.signIn(current.url(), "ann");
		oldBen = ApiClient.signIn(previous.url(), "ben");
		newBen = ApiClient.signIn(current.url(), "ben");
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

	// The versions publish in turn, so that the newest articles are not all of one.
	@Test
	void articlesOfBothVersionsAreInOrder() {
		String first = oldAnn.publish("First, before", "both", "old");
		String second = newBen.publish("Second, now", "both", "new");
		String third = oldBen.publish("Third, before", "both", "old");
		String fourth = newAnn.publish("Fourth, now", "both");
		assertThat(slugs(newAnn, "/api/articles?tag=both")).containsExactly(fourth, third, second, first);
		assertThat(slugs(oldAnn, "/api/articles?tag=both")).containsExactly(fourth, third, second, first);
		oldAnn.delete("/api/articles/" + fourth);
		newBen.delete("/api/articles/" + second);
		assertThat(slugs(newAnn, "/api/articles?tag=both")).containsExactly(third, first);
		assertSameResponses();
	}

	@Test
	void favoritesOfBothVersionsAreCountedAndListed() {
		String first = oldAnn.publish("Liked, before");
		String second = newAnn.publish("Liked, now");
		String third = oldAnn.publish("Liked, at last");
		newBen.favorite(first);
		oldBen.favorite(second);
		newBen.favorite(third);
		oldAnn.favorite(third);
		assertThat(slugs(newAnn, "/api/articles?favorited=ben")).containsExactly(third, second, first);
		assertThat(newAnn.<Integer>get("/api/articles/" + third, "$.article.favoritesCount")).isEqualTo(2);
		oldBen.delete("/api/articles/%s/favorite".formatted(first));
		newBen.delete("/api/articles/%s/favorite".formatted(second));
		assertThat(slugs(newAnn, "/api/articles?favorited=ben")).containsExactly(third);
		assertSameResponses();
	}

	@Test
	void changesOfOneVersionAreVisibleInTheOther() {
		String first = oldAnn.publish("Changed, before", "changed");
		String second = newAnn.publish("Changed, now", "changed");
		String moved = newAnn.retitle(first, "Moved now");
		String away = oldAnn.retitle(second, "Moved before");
		assertThat(oldBen.<String>get("/api/articles/" + first, "$.article.slug")).isEqualTo(moved);
		assertThat(newBen.<String>get("/api/articles/" + second, "$.article.slug")).isEqualTo(away);
		oldAnn.retag(moved, "changed", "old");
		newAnn.retag(away, "changed", "new");
		assertThat(slugs(newBen, "/api/articles?tag=changed")).startsWith(away, moved);
		assertSameResponses();
	}

	@Test
	void usersAndCommentsOfBothVersionsAreShared() {
		String article = oldBen.publish("Talked about");
		oldAnn.post("/api/profiles/ben/follow", Map.of());
		newBen.post("/api/profiles/ann/follow", Map.of());
		assertThat(slugs(newAnn, "/api/articles/feed")).contains(article);
		newAnn.put("/api/user", Map.of("user", Map.of("bio", "Was here before")));
		assertThat(oldBen.<String>get("/api/profiles/ann", "$.profile.bio")).isEqualTo("Was here before");
		int gone = oldBen.comment(article, "Said before");
		newAnn.comment(article, "Said now");
		newBen.delete("/api/articles/%s/comments/%d".formatted(article, gone));
		assertThat(oldAnn.<List<String>>get("/api/articles/%s/comments".formatted(article), "$.comments[*].body"))
			.containsExactly("Said now");
		assertSameResponses();
	}

	@Test
	void tokenOfOneVersionIsValidInTheOther() {
		assertThat(oldAnn.at(current.url()).<String>get("/api/user", "$.user.username")).isEqualTo("ann");
		assertThat(newAnn.at(previous.url()).<String>get("/api/user", "$.user.username")).isEqualTo("ann");
	}

	@Test
	void changedPasswordRevokesTheTokensOfBothVersions() {
		ApiClient.register(previous.url(), "eve");
		for (String site : List.of(current.url(), previous.url())) {
			ApiClient phone = ApiClient.signIn(previous.url(), "eve");
			ApiClient laptop = ApiClient.signIn(current.url(), "eve");
			ApiClient.signIn(current.url(), "eve")
				.at(site)
				.put("/api/user", Map.of("user", Map.of("password", "password1")));
			for (ApiClient revoked : List.of(phone, laptop)) {
				assertThatExceptionOfType(HttpClientErrorException.Unauthorized.class)
					.isThrownBy(() -> revoked.at(previous.url()).get("/api/user", "$"));
				assertThatExceptionOfType(HttpClientErrorException.Unauthorized.class)
					.isThrownBy(() -> revoked.at(current.url()).get("/api/user", "$"));
			}
		}
	}

	private static List<String> slugs(ApiClient visitor, String list) {
		return visitor.get(list, "$.articles[*].slug");
	}

	// Compares only fields that both versions have, because this version may have more.
	private static void assertSameResponses() {
		for (String list : LISTS) {
			for (String field : FIELDS) {
				assertThat(newAnn.<Object>get(list, field)).as(list + " " + field)
					.isEqualTo(oldAnn.<Object>get(list, field));
			}
		}
		assertThat(newAnn.<Object>get("/api/tags", "$.tags")).isEqualTo(oldAnn.<Object>get("/api/tags", "$.tags"));
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
