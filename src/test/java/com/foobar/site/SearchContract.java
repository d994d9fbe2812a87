package com.foobar.site;

import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import org.jsoup.Connection;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests the search: its matches, their order, and that no query fails. */
abstract class SearchContract extends SiteContract {

	// No article of another test contains this word.
	final String word = "q" + UUID.randomUUID().toString().replace("-", "");

	private String consistencyToken = "";

	private String author = "";

	@BeforeEach
	void registerAuthor() {
		this.author = register();
	}

	@Test
	void articlesAreFoundByWordsOfTitleDescriptionAndBody() throws IOException {
		publish("Title " + this.word, "Description", "Body");
		publish("Second", "About " + this.word + ".", "Body");
		publish("Third", "Description", "Some *" + this.word + "*");
		publish("Fourth", "Description", "Body");
		assertThat(search(this.word).select(".article-preview h1").eachText())
			.containsExactlyInAnyOrder("Title " + this.word, "Second", "Third");
	}

	@Test
	void betterMatchComesFirst() throws IOException {
		publish("Once", "Description", "Here is " + this.word + " and another thing entirely");
		publish(this.word, this.word, this.word);
		publish("Again", "Description", "Here is " + this.word + " and something else entirely");
		assertThat(search(this.word).select(".article-preview h1").eachText().getFirst()).isEqualTo(this.word);
	}

	@Test
	void caseDoesNotMatter() throws IOException {
		publish("Title " + this.word, "Description", "Body");
		assertThat(search(this.word.toUpperCase(Locale.ROOT)).select(".article-preview")).hasSize(1);
	}

	@Test
	void resultPagesKeepTheQuery() throws IOException {
		IntStream.range(0, 12).forEach((i) -> publish("Number " + i, "Description", this.word));
		Document first = search(this.word + " & ünïcode");
		assertThat(first.select(".article-preview")).hasSize(10);
		assertThat(first.select(".pagination .page-link").eachText()).containsExactly("1", "2");
		assertThat(first.select("main input[name=q]").val()).isEqualTo(this.word + " & ünïcode");
		Document second = open(first.select(".pagination .page-link").last().attr("href"));
		assertThat(second.select(".article-preview")).hasSize(2);
		assertThat(second.select("main input[name=q]").val()).isEqualTo(this.word + " & ünïcode");
		assertThat(second.select(".page-item.active").text()).isEqualTo("2");
	}

	@Test
	void emptyResultHasAMessage() throws IOException {
		assertThat(search(this.word).select(".empty-feed-message").text())
			.isEqualTo("No article has any of these words.");
		assertThat(search("").select(".empty-feed-message").text()).isEqualTo("Which words are you looking for?");
		assertThat(open("/search").select(".article-preview")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "+ -", "+database -is", "\"open", "\"a b\" @4", "(((", "*", "a*", "~x <y >z", "@", "%",
			"_", "' OR 1=1 --", "\\", ":words", "word@-1", "the", "\u0000", "<script>alert(1)</script>", "??", "{}[]" })
	void noQueryFails(String query) throws IOException {
		Document page = search(query);
		assertThat(page.connection().response().statusCode()).isEqualTo(200);
		assertThat(page.select("main script")).isEmpty();
	}

	@Test
	void acceptsLongQueries() throws IOException {
		publish("Long", "Description", this.word);
		assertThat(search(this.word + " and so on".repeat(300)).select(".article-preview h1").eachText())
			.contains("Long");
		assertThat(search("x".repeat(5000)).connection().response().statusCode()).isEqualTo(200);
	}

	void publish(String title, String description, String body) {
		var article = Map.of("article", Map.of("title", title, "description", description, "body", body));
		var response = send(HttpMethod.POST, "/api/articles", this.author, article).expectStatus()
			.isCreated()
			.expectBody()
			.returnResult();
		this.consistencyToken = String.valueOf(response.getResponseHeaders().getFirst("Consistency-Token"));
	}

	Document search(String query) throws IOException {
		return request("/search").ignoreHttpErrors(true).data("q", query).get();
	}

	private Document open(String path) throws IOException {
		return request(path).get();
	}

	private Connection request(String path) {
		return Jsoup.newSession()
			.newRequest("http://localhost:" + this.port + path)
			.header("Consistency-Token", this.consistencyToken);
	}

}
