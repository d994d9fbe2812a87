package com.foobar.site;

import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import com.jayway.jsonpath.JsonPath;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static com.foobar.ApiResponses.created;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests the slugs of articles, and the redirects from their former slugs. */
abstract class SlugContract extends SiteContract {

	@Test
	void equalTitlesGetDistinctSlugs() {
		String token = register();
		publish(token, "Twice by " + this.name).expectStatus().isCreated();
		publish(token, "Twice by " + this.name).expectStatus()
			.isCreated()
			.expectBody()
			.jsonPath("$.article.slug")
			.value((String slug) -> assertThat(slug).matches("twice-by-" + this.name + "-[a-z0-9]{5,6}"));
	}

	@Test
	void concurrentArticlesWithOneTitleGetDistinctSlugs() throws Exception {
		String token = register();
		Callable<String> publishing = () -> JsonPath.read(created(publish(token, "One title by " + this.name)),
				"$.article.slug");
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			assertThat(threads.invokeAll(Collections.nCopies(10, publishing))).extracting((slug) -> slug.get())
				.allMatch((slug) -> slug.startsWith("one-title-by-" + this.name))
				.doesNotHaveDuplicates();
		}
	}

	@Test
	void newTitleChangesTheSlugAndFormerSlugsRedirect() throws Exception {
		String token = register();
		publish(token, "Röd by " + this.name).expectStatus().isCreated();
		changeTitle(token, "rod-by-" + this.name, "Blau", "blau-by-" + this.name);
		changeTitle(token, "blau-by-" + this.name, "青い", "青い-by-" + this.name);
		String address = "%E9%9D%92%E3%81%84-by-" + this.name;
		for (String former : List.of("rod-by-" + this.name, "blau-by-" + this.name)) {
			assertMoved("GET", "/api/articles/" + former, 301, "/api/articles/" + address);
			// A page for an anonymous visitor can be some seconds old.
			Awaitility.await()
				.untilAsserted(() -> assertMoved("GET", "/article/" + former, 301, "/article/" + address));
			assertMoved("POST", "/api/articles/" + former + "/favorite", 308, "/api/articles/" + address + "/favorite");
			assertMoved("DELETE", "/api/articles/" + former, 308, "/api/articles/" + address);
		}
	}

	@Test
	void titleWithTheSameWordsKeepsTheSlug() {
		String token = register();
		publish(token, "hello by " + this.name).expectStatus().isCreated();
		changeTitle(token, "hello-by-" + this.name, "Hello!", "hello-by-" + this.name);
	}

	@Test
	void formerSlugCanBelongToANewArticle() throws Exception {
		String token = register();
		publish(token, "One by " + this.name).expectStatus().isCreated();
		changeTitle(token, "one-by-" + this.name, "Two", "two-by-" + this.name);
		publish(token, "One by " + this.name).expectStatus()
			.isCreated()
			.expectBody()
			.jsonPath("$.article.slug")
			.isEqualTo("one-by-" + this.name);
		get("/api/articles/one-by-" + this.name).expectStatus().isOk();
		changeTitle(token, "one-by-" + this.name, "Three", "three-by-" + this.name);
		assertMoved("GET", "/api/articles/one-by-" + this.name, 301, "/api/articles/three-by-" + this.name);
		changeTitle(token, "three-by-" + this.name, "One", "one-by-" + this.name);
		get("/api/articles/one-by-" + this.name).expectStatus().isOk();
	}

	@Test
	void concurrentChangesToOneTitleGetDistinctSlugs() throws Exception {
		String token = register();
		List<Callable<String>> changes = IntStream.range(0, 10).<Callable<String>>mapToObj((i) -> {
			publish(token, "Number %d by %s".formatted(i, this.name)).expectStatus().isCreated();
			return () -> JsonPath.read(changeArticle(token, "number-%d-by-%s".formatted(i, this.name),
					"{\"article\":{\"title\":\"All by %s\"}}".formatted(this.name)), "$.article.slug");
		}).toList();
		try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
			assertThat(threads.invokeAll(changes)).extracting((change) -> change.get())
				.allMatch((slug) -> slug.startsWith("all-by-" + this.name))
				.doesNotHaveDuplicates();
		}
	}

}
