package com.foobar.site;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests the size of an article's pages of comments, and the links between them. */
abstract class CommentPageContract extends ManyCommentsContract {

	private static final String AMPERSANDS = "&".repeat(10_000);

	@Test
	void pageShowsTheNewest200CommentsAndLinksToOlderAndNewerOnes() throws IOException {
		insertNumberedComments(450);
		Document first = this.author.open("/article/" + this.slug);
		assertThat(texts(first)).isEqualTo(numberedComments(450, 251));
		assertThat(first.select("#comments-title").text()).isEqualTo("450 comments");
		assertThat(first.select("a[rel=prev]")).isEmpty();
		Document second = this.author.open(older(first));
		assertThat(texts(second)).isEqualTo(numberedComments(250, 51));
		assertThat(second.select("#comments-title").text()).isEqualTo("450 comments");
		assertThat(second.title()).isEqualTo("Crowded %s, older comments — foobar".formatted(this.name));
		Document third = this.author.open(older(second));
		assertThat(texts(third)).isEqualTo(numberedComments(50, 1));
		assertThat(third.select("a[rel=next]")).isEmpty();
		Document back = this.author.open(newer(third));
		assertThat(texts(back)).isEqualTo(numberedComments(250, 51));
		assertThat(texts(this.author.open(newer(back)))).isEqualTo(numberedComments(450, 251));
	}

	@Test
	void pageHasAtMostHalfAMegabyteOfComments() throws IOException {
		insertComments(IntStream.range(0, 25).mapToObj((n) -> AMPERSANDS).toList());
		List<String> found = new ArrayList<>();
		String path = "/article/" + this.slug;
		while (path != null) {
			Document page = this.author.open(path);
			assertThat(page.outerHtml().length()).isLessThan(550_000);
			found.addAll(texts(page));
			path = page.select("a[rel=next]").isEmpty() ? null : older(page);
		}
		assertThat(found).hasSize(25).containsOnly(AMPERSANDS);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"", "'", "&", "<", "\u00e9" })
	void pageCountsEscapedImages(String letter) throws IOException {
		changeAuthorProfile("https://example.com/" + letter.repeat(1980), null);
		insertComments(Collections.nCopies(200, "A comment"));
		// The text has half a megabyte. The markup is not counted.
		assertThat(this.author.request("/article/" + this.slug).execute().bodyAsBytes().length).isBetween(400_000,
				750_000);
	}

	@Test
	void redirectAfterPostingShowsTheComment() throws IOException {
		insertNumberedComments(201);
		Document page = this.author.press(this.author.open("/article/" + this.slug), "Post Comment",
				Map.of("body", "The last word"));
		assertThat(texts(page).getFirst()).isEqualTo("The last word");
		assertThat(page.select("#comments-title").text()).isEqualTo("202 comments");
	}

	@Test
	void deletingAnOlderCommentRedirectsToItsPage() throws IOException {
		insertNumberedComments(202);
		String older = older(this.author.open("/article/" + this.slug));
		Document page = delete(this.author.open(older));
		assertThat(page.location()).contains(older.replaceFirst("#.*", ""));
		assertThat(texts(page)).containsExactly("Comment 1");
		assertThat(page.select("#comments-title").text()).isEqualTo("201 comments");
		// The page of older comments is empty now, so the site shows the first page.
		assertThat(texts(delete(page))).isEqualTo(numberedComments(202, 3));
	}

	@ParameterizedTest
	@CsvSource({ "before=yesterday", "after=1-x", "before=99999999999999999-1" })
	void invalidCursorIsRefused(String query) throws IOException {
		assertThat(this.author.request("/article/" + this.slug + "?" + query).execute().statusCode()).isEqualTo(422);
	}

	private Document delete(Document page) throws IOException {
		Element form = page.select(".mod-options").first().closest("form");
		return ((FormElement) form).submit().execute().parse();
	}

	private static List<String> texts(Document page) {
		return page.select(".card-text").eachText();
	}

	private static String older(Document page) {
		return page.expectFirst("a[rel=next]:contains(Older comments)").attr("href");
	}

	private static String newer(Document page) {
		return page.expectFirst("a[rel=prev]:contains(Newer comments)").attr("href");
	}

}
