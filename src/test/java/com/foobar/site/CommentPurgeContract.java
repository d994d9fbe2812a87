package com.foobar.site;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpMethod;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the comments on a deleted article disappear at once and are deleted later.
 */
abstract class CommentPurgeContract extends ManyCommentsContract {

	@Test
	void deletesAnArticleAtOnceAndItsCommentsLater() {
		insertNumberedComments(1200);
		request(HttpMethod.DELETE, "/api/articles/" + this.slug, issueToken()).expectStatus().isNoContent();
		get(this.comments).expectStatus().isNotFound();
		assertThat(countComments()).isEqualTo(remainingComments(1200));
		runTask("OrphanPurge");
		Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> countComments() == 0);
		assertThat(this.jdbc.sql("SELECT COUNT(*) FROM deleted_articles WHERE article_id = :id")
			.param("id", this.article)
			.query(Integer.class)
			.single()).isZero();
	}

	/** Returns the number of comments that remain after the deletion of their article. */
	abstract int remainingComments(int comments);

	private int countComments() {
		return this.jdbc.sql("SELECT COUNT(*) FROM comments WHERE article_id = :id")
			.param("id", this.article)
			.query(Integer.class)
			.single();
	}

}
