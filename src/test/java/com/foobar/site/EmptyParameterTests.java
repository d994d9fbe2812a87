package com.foobar.site;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import com.foobar.web.security.SignInTokens;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests that an empty request parameter means the same as a missing one. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class EmptyParameterTests {

	@Autowired
	JdbcClient jdbc;

	@Autowired
	SignInTokens tokens;

	@LocalServerPort
	int port;

	@ParameterizedTest
	@CsvSource({ "/api/articles?tag=&author=&favorited=&limit=&offset=, /api/articles",
			"/api/articles?tag&author&favorited, /api/articles",
			"/api/articles?author=katherine&tag=, /api/articles?author=katherine",
			"/api/articles/feed?limit=&offset=, /api/articles/feed" })
	void apiIgnoresEmptyParameters(String empty, String absent) {
		UserClient reader = UserClient.add(this.jdbc, this.tokens, this.port);
		assertThat(reader.get(empty).statusCode()).isEqualTo(200);
		assertThat(reader.get(empty).body()).isEqualTo(reader.get(absent).body());
	}

	@ParameterizedTest
	@CsvSource({ "/?page=, /", "/?feed=, /", "/?feed=following&page=, /?feed=following",
			"/tag/operations?page=, /tag/operations", "/profile/ada?page=, /profile/ada", "/search?q=&page=, /search",
			"/search?q=numbers&page=, /search?q=numbers", "/login?back=, /login" })
	void pagesIgnoreEmptyParameters(String empty, String absent) throws Exception {
		UserClient reader = UserClient.add(this.jdbc, this.tokens, this.port);
		assertThat(content(reader.open(empty))).isNotEmpty().isEqualTo(content(reader.open(absent)));
	}

	private static List<String> content(Document page) {
		List<String> texts = new ArrayList<>(page.select("h1, .article-preview h1, .active").eachText());
		texts.addAll(page.select(".auth-page [name=back]").eachAttr("value"));
		return texts;
	}

	@Test
	void formWithEmptyBackRedirectsHome() throws Exception {
		UserClient reader = UserClient.add(this.jdbc, this.tokens, this.port);
		assertThat(reader.postForm("/profile/ada/follow", Map.of("back", "")).header("Location")).isEqualTo("/");
	}

}
