package com.foobar.site;

import java.io.IOException;
import java.util.List;
import java.util.Map;

import org.jsoup.Connection;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests which responses caches may store, and for how long. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class CachingTests {

	private static final String PUBLIC = "public, max-age=1, stale-while-revalidate=2, stale-if-error=3600";

	@LocalServerPort
	int port;

	private final Connection visitor = Jsoup.newSession();

	@ParameterizedTest
	@ValueSource(strings = { "/", "/article/check-the-numbers", "/profile/ada", "/profile/ada/favorites",
			"/tag/operations", "/search?q=numbers", "/feed.atom" })
	void anonymousPagesArePublic(String path) throws IOException {
		for (var method : List.of(Connection.Method.GET, Connection.Method.HEAD)) {
			Connection.Response page = get(path, Map.of(), method);
			assertThat(page.statusCode()).isEqualTo(200);
			assertThat(page.header("Cache-Control")).isEqualTo(PUBLIC);
			assertThat(String.join(",", page.headers("Vary"))).containsIgnoringCase("Cookie")
				.containsIgnoringCase("Consistency-Token");
			assertThat(page.header("Set-Cookie")).isNull();
		}
	}

	@Test
	void unchangedPageGets304() throws IOException {
		String tag = get("/article/check-the-numbers").header("ETag");
		assertThat(tag).matches("W/\"[0-9a-f]{32}\"");
		Connection.Response revalidated = get("/article/check-the-numbers", Map.of("If-None-Match", tag));
		assertThat(revalidated.statusCode()).isEqualTo(304);
		assertThat(revalidated.bodyAsBytes()).isEmpty();
		assertThat(revalidated.header("ETag")).isEqualTo(tag);
		assertThat(revalidated.header("Cache-Control")).isEqualTo(PUBLIC);
		assertThat(get("/", Map.of("If-None-Match", tag)).statusCode()).isEqualTo(200);
	}

	@Test
	void pagesOfSignedInUsersArePrivate() throws IOException {
		register();
		assertNotCached(this.visitor.newRequest(url("/")).execute());
		assertNotCached(this.visitor.newRequest(url("/article/check-the-numbers")).execute());
		assertNotCached(this.visitor.newRequest(url("/editor")).execute());
	}

	@ParameterizedTest
	@ValueSource(strings = { "sign-in=expired", "consistency=expired", "csrf=a; consistency=b" })
	void pagesWithAConsistencyCookieArePrivate(String cookies) throws IOException {
		assertNotCached(get("/", Map.of("Cookie", cookies)));
	}

	@Test
	void pagesWithAConsistencyTokenArePrivate() throws IOException {
		assertNotCached(get("/", Map.of("Consistency-Token", "some")));
	}

	@Test
	void unknownCookiesLeaveAPagePublic() throws IOException {
		assertThat(get("/", Map.of("Cookie", "theme=dark")).header("Cache-Control")).isEqualTo(PUBLIC);
	}

	@Test
	void formsArePrivateEvenWithACsrfCookie() throws IOException {
		Connection.Response first = this.visitor.newRequest(url("/login")).execute();
		assertThat(first.cookie("csrf")).isNotEmpty();
		assertNotCached(first);
		Connection.Response second = this.visitor.newRequest(url("/login")).execute();
		assertThat(second.cookie("csrf")).isEqualTo(first.cookie("csrf"));
		assertNotCached(second);
		assertNotCached(get("/register"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/tags", "/api/articles", "/api/articles/unknown", "/api/user", "/status",
			"/status.json", "/nowhere", "/article/unknown", "/editor" })
	void apiResponsesErrorsAndStatusAreNotCached(String path) throws IOException {
		assertNotCached(get(path));
	}

	private static void assertNotCached(Connection.Response response) {
		assertThat(response.header("Cache-Control")).contains("no-store").doesNotContain("public");
		assertThat(response.header("ETag")).isNull();
	}

	@Test
	void filesWithAHashAreCachedForAYear() throws IOException {
		Document home = get("/").parse();
		for (String path : List.of(home.select("link[rel=stylesheet]").attr("href"),
				home.select("link[type=image/svg+xml]").attr("href"), home.select("script").attr("src"))) {
			assertThat(path).matches("/assets/[a-z]+-[0-9a-f]{32}\\.[a-z]+");
			Connection.Response file = get(path);
			assertThat(file.statusCode()).isEqualTo(200);
			assertThat(file.header("Cache-Control")).isEqualTo("max-age=31536000, public, immutable");
			assertThat(file.header("Set-Cookie")).isNull();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/assets/site.css", "/assets/default-avatar.svg",
			"/assets/default-avatar.svg?0123456789abcdef0123456789abcdef" })
	void filesWithoutAHashAreCachedForADay(String path) throws IOException {
		Connection.Response file = get(path);
		assertThat(file.statusCode()).isEqualTo(200);
		assertThat(file.header("Cache-Control")).isEqualTo("max-age=86400");
	}

	@Test
	void missingFilesAreNotCached() throws IOException {
		Connection.Response file = get("/assets/site-0123456789abcdef0123456789abcdef.css");
		assertThat(file.statusCode()).isEqualTo(404);
		assertNotCached(file);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/favicon.ico", "/apple-touch-icon.png" })
	void iconsAreCachedForADay(String path) throws IOException {
		Connection.Response icon = get(path);
		assertThat(icon.contentType()).startsWith("image/");
		assertThat(icon.header("Cache-Control")).isEqualTo("max-age=86400");
	}

	private void register() throws IOException {
		Document page = this.visitor.newRequest(url("/register")).get();
		FormElement form = page.select("form").forms().getLast();
		Map.of("username", "curator", "email", "curator@example.com", "password", "password1")
			.forEach((name, value) -> form.select("[name=" + name + "]").val(value));
		assertThat(form.submit().execute().parse().location()).endsWith("/");
	}

	private Connection.Response get(String path) throws IOException {
		return get(path, Map.of());
	}

	@ParameterizedTest
	@ValueSource(strings = { "/favicon.ico", "/assets/site.css" })
	void filesWithoutAHashHaveNoLastModified(String path) throws IOException {
		Connection.Response response = get(path, Map.of("If-Modified-Since", "Fri, 31 Dec 2100 23:59:59 GMT"));
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.header("Last-Modified")).isNull();
	}

	private Connection.Response get(String path, Map<String, String> headers) throws IOException {
		return get(path, headers, Connection.Method.GET);
	}

	private Connection.Response get(String path, Map<String, String> headers, Connection.Method method)
			throws IOException {
		return Jsoup.connect(url(path))
			.method(method)
			.headers(headers)
			.ignoreContentType(true)
			.ignoreHttpErrors(true)
			.followRedirects(false)
			.execute();
	}

	private String url(String path) {
		return "http://localhost:" + this.port + path;
	}

}
