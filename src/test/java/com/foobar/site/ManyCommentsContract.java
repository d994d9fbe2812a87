package com.foobar.site;

import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;

/**
 * Base class of the contracts about an article with many comments. This class publishes
 * an article before each test. Each test inserts comments on it.
 */
abstract class ManyCommentsContract extends SiteContract {

	String slug;

	String comments;

	PageClient author;

	long article;

	@BeforeEach
	final void publishArticle() throws IOException {
		this.slug = "crowded-" + this.name;
		this.comments = "/api/articles/" + this.slug + "/comments";
		this.author = PageClient.register(this.port, this.name);
		this.author.press(this.author.open("/editor"), "Publish Article",
				Map.of("title", "Crowded " + this.name, "description", "Much said", "body", "Say something."));
		this.article = this.jdbc.sql("SELECT id FROM articles WHERE slug = :slug")
			.param("slug", this.slug)
			.query(Long.class)
			.single();
	}

	/**
	 * Waits until every replica has the rows that the test inserted. Returns at once if
	 * there is no replica.
	 */
	void awaitReplicas() {
	}

	/** Inserts comments of the author in the given order, each one second later. */
	final void insertComments(List<String> bodies) {
		LocalDateTime begin = LocalDateTime.now(ZoneOffset.UTC).minusHours(1);
		for (int from = 0; from < bodies.size(); from += 100) {
			List<String> batch = bodies.subList(from, Math.min(bodies.size(), from + 100));
			String row = "(?, (SELECT author_id FROM articles WHERE id = ?), ?, ?)";
			List<Object> parameters = new ArrayList<>();
			for (int i = 0; i < batch.size(); i++) {
				parameters.addAll(List.of(this.article, this.article, batch.get(i), begin.plusSeconds(from + i)));
			}
			this.jdbc
				.sql("INSERT INTO comments (article_id, author_id, body, created_at) VALUES "
						+ String.join(", ", Collections.nCopies(batch.size(), row)))
				.params(parameters)
				.update();
		}
		awaitReplicas();
	}

	final void insertNumberedComments(int count) {
		insertComments(numberedComments(count, 1).reversed());
	}

	/** Changes the author's profile, which each of their comments contains. */
	final void changeAuthorProfile(String image, @Nullable String bio) {
		this.jdbc.sql("UPDATE users SET image = :image, bio = :bio WHERE username = :name")
			.param("image", image)
			.param("bio", bio)
			.param("name", this.name)
			.update();
	}

	static List<String> numberedComments(int newest, int oldest) {
		return IntStream.rangeClosed(oldest, newest).mapToObj((n) -> "Comment " + n).toList().reversed();
	}

}
