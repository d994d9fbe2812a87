package com.foobar.site;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

import org.jsoup.Connection;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests which forms the site accepts, according to the headers that name the origin. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class CrossOriginTests {

	private static final AtomicInteger number = new AtomicInteger();

	@LocalServerPort
	int port;

	private final String name = "tabby" + number.incrementAndGet();

	@Test
	void acceptsFormsOfTwoTabsThatWereOpenedAtOnce() throws IOException {
		// Neither request has a cookie, so each response sets one. The browser keeps the
		// second cookie.
		Connection.Response first = Jsoup.connect(url("/register")).execute();
		Connection.Response second = Jsoup.connect(url("/register")).execute();
		assertThat(first.cookie("csrf")).isNotEqualTo(second.cookie("csrf"));
		for (Connection.Response tab : new Connection.Response[] { first, second }) {
			Connection.Response response = form("/register", tab.parse(), "Sec-Fetch-Site: same-origin")
				.cookie("csrf", second.cookie("csrf"))
				.data("username", this.name + tab.cookie("csrf").substring(0, 8))
				.data("email", tab.cookie("csrf") + "@example.com", "password", "password1")
				.execute();
			assertThat(response.statusCode()).isEqualTo(302);
			assertThat(response.header("Location")).isEqualTo("/");
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Sec-Fetch-Site: same-origin                                      | 302
			Sec-Fetch-Site: none                                             | 302
			Sec-Fetch-Site: same-origin; Origin: null                        | 302
			Origin: http://localhost:PORT                                    | 302
			Origin: http://LOCALHOST:PORT                                    | 302
			Origin: http://localhost:8080                                    | 302
			Sec-Fetch-Site: cross-site                                       | 403
			Sec-Fetch-Site: same-site                                        | 403
			Sec-Fetch-Site: nonsense                                         | 403
			Sec-Fetch-Site: cross-site; Origin: http://localhost:PORT        | 403
			Origin: http://evil.example                                      | 403
			Origin: http://localhost:1                                       | 403
			Origin: https://localhost:PORT                                   | 403
			Origin: http://localhost:PORT.evil.example                       | 403
			Origin: null                                                     | 403
			""")
	void originHeadersDecideWithoutAToken(String headers, int status) throws IOException {
		Connection.Response response = form("/logout", null, headers.replace("PORT", String.valueOf(this.port)))
			.execute();
		assertThat(response.statusCode()).isEqualTo(status);
	}

	@ParameterizedTest
	@CsvSource({ "Sec-Fetch-Site: cross-site", "Sec-Fetch-Site: same-site", "Origin: https://evil.example" })
	void refusesFormsOfOtherSitesEvenWithAToken(String header) throws IOException {
		Connection.Response page = Jsoup.connect(url("/login")).execute();
		Connection.Response login = form("/login", page.parse(), header).cookies(page.cookies())
			.data("email", "a@b.c", "password", "password1")
			.execute();
		assertRefused(login);
		assertThat(login.cookie("sign-in")).isNull();
		PageClient visitor = PageClient.register(this.port, this.name);
		Document article = visitor.open("/article/check-the-numbers");
		Connection.Response comment = visitor.request("/article/check-the-numbers/comments")
			.data("_csrf", article.expectFirst("[name=_csrf]").val())
			.data("body", "Not mine")
			.headers(headers(header))
			.method(Connection.Method.POST)
			.execute();
		assertRefused(comment);
		assertThat(visitor.open("/article/check-the-numbers").text()).doesNotContain("Not mine");
	}

	private static void assertRefused(Connection.Response response) throws IOException {
		assertThat(response.statusCode()).isEqualTo(403);
		assertThat(response.parse().text())
			.contains("Form was sent from another site; open its page here, and send it from there");
	}

	@Test
	void formWithoutOriginNeedsTheToken() throws IOException {
		Connection.Response page = Jsoup.connect(url("/login")).execute();
		assertThat(form("/logout", page.parse(), "").cookies(page.cookies()).execute().statusCode()).isEqualTo(302);
		assertThat(form("/logout", null, "").cookies(page.cookies()).execute().statusCode()).isEqualTo(403);
	}

	@Test
	void otherSitesCanLinkToPages() throws IOException {
		assertThat(Jsoup.connect(url("/login")).header("Sec-Fetch-Site", "cross-site").execute().statusCode())
			.isEqualTo(200);
	}

	@Test
	void anotherTabDoesNotReplaceTheCookie() throws IOException {
		Connection visitor = Jsoup.newSession();
		String cookie = visitor.newRequest(url("/login")).execute().cookie("csrf");
		assertThat(cookie).isNotEmpty();
		assertThat(visitor.newRequest(url("/register")).execute().cookie("csrf")).isEqualTo(cookie);
	}

	private Connection form(String path, Document page, String headers) {
		Connection form = Jsoup.connect(url(path))
			.method(Connection.Method.POST)
			.ignoreHttpErrors(true)
			.followRedirects(false)
			.headers(headers(headers));
		return (page != null) ? form.data("_csrf", page.expectFirst("[name=_csrf]").val()) : form;
	}

	private static Map<String, String> headers(String text) {
		return Arrays.stream(text.split("; "))
			.map((header) -> header.split(": "))
			.filter((header) -> header.length == 2)
			.collect(Collectors.toMap((header) -> header[0], (header) -> header[1]));
	}

	private String url(String path) {
		return "http://localhost:" + this.port + path;
	}

}
