package com.foobar.site;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.jsoup.nodes.Document;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests the buttons and forms on the page of an article. */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
class ArticlePageTests {

	private static final AtomicInteger number = new AtomicInteger();

	@LocalServerPort
	int port;

	private final int id = number.incrementAndGet();

	private final String title = "Of clocks " + this.id;

	private final String path = "/article/of-clocks-" + this.id;

	private PageClient author;

	private PageClient reader;

	@BeforeEach
	void publish() throws IOException {
		this.author = PageClient.register(this.port, "writer" + this.id);
		this.reader = PageClient.register(this.port, "reader" + this.id);
		Document article = this.author.press(this.author.open("/editor"), "Publish Article", Map.of("title", this.title,
				"description", "Time", "body", "# Tick\n\nIt is *late*.", "tagList", "time, noon"));
		assertThat(article.location()).endsWith(this.path);
	}

	@Test
	void authorChangesAnArticleAndTheFormerSlugRedirects() throws IOException {
		Document editor = this.author.open("/editor" + this.path.substring("/article".length()));
		assertThat(editor.select("h1").text()).isEqualTo("Edit Article");
		assertThat(editor.select("[name=title]").val()).isEqualTo(this.title);
		assertThat(editor.select("[name=tagList]").val()).isEqualTo("noon, time");
		Document changed = this.author.press(editor, "Publish Article",
				Map.of("title", "Of dials " + this.id, "tagList", ""));
		assertThat(changed.location()).endsWith("/article/of-dials-" + this.id);
		assertThat(changed.select(".tag-list a")).isEmpty();
		assertThat(this.reader.open(this.path).location()).isEqualTo(changed.location());
	}

	@Test
	void refusedChangeKeepsTheInput() throws IOException {
		Document editor = this.author.open("/editor" + this.path.substring("/article".length()));
		Document refused = this.author.press(editor, "Publish Article", Map.of("title", " ", "description", "Kept"));
		assertThat(refused.select("ul.error-messages li").eachText()).containsExactly("Title can't be blank");
		assertThat(refused.select("input[name=description]").val()).isEqualTo("Kept");
		assertThat(this.author.press(refused, "Publish Article", Map.of("title", this.title)).location())
			.endsWith(this.path);
	}

	@Test
	void previewShowsTheArticleWithoutPublishingIt() throws IOException {
		Document preview = this.author.press(this.author.open("/editor"), "Preview",
				Map.of("title", "Unborn", "body", "It is *early*.", "tagList", "dawn"));
		assertThat(preview.select(".preview em").text()).isEqualTo("early");
		assertThat(preview.select("[name=body]").val()).isEqualTo("It is *early*.");
		assertThat(preview.select("[name=tagList]").val()).isEqualTo("dawn");
		assertThat(this.reader.request("/article/unborn").execute().statusCode()).isEqualTo(404);
	}

	@Test
	void authorDeletesAnArticle() throws IOException {
		Document home = this.author.press(this.author.open(this.path), "Delete Article");
		assertThat(home.location()).endsWith(":" + this.port + "/");
		assertThat(this.reader.request(this.path).execute().statusCode()).isEqualTo(404);
	}

	@Test
	void onlyTheAuthorCanChangeAnArticle() throws IOException {
		Document article = this.reader.open(this.path);
		assertThat(article.text()).doesNotContain("Edit Article", "Delete Article");
		assertThat(this.reader.request("/editor" + this.path.substring("/article".length())).execute().statusCode())
			.isEqualTo(403);
		String csrf = article.select("[name=_csrf]").first().val();
		assertThat(this.reader.request(this.path + "/delete").data("_csrf", csrf).post().text())
			.contains("Only its author can change this article.");
		assertThat(this.reader.open(this.path).select("h1").first().text()).isEqualTo(this.title);
	}

	@Test
	void userAddsAndRemovesAFavorite() throws IOException {
		Document liked = this.reader.press(this.reader.open(this.path), "Favorite Article");
		assertThat(liked.location()).endsWith(this.path);
		assertThat(liked.select("button.btn-primary:contains(Unfavorite Article)")).hasSize(2)
			.allSatisfy((button) -> assertThat(button.text()).contains("(1)"));
		assertThat(this.reader.open("/profile/reader" + this.id + "/favorites").select(".preview-link h1").eachText())
			.containsExactly(this.title);
		Document unliked = this.reader.press(liked, "Unfavorite Article");
		assertThat(unliked.select("button.btn-outline-primary:contains(Favorite Article)")).hasSize(2)
			.allSatisfy((button) -> assertThat(button.text()).contains("(0)"));
	}

	@Test
	void buttonInAListRedirectsToTheList() throws IOException {
		String list = "/profile/writer" + this.id + "?page=1";
		Document liked = this.reader.press(this.reader.open(list), "0");
		assertThat(liked.location()).endsWith(list);
		assertThat(liked.select(".article-preview button.btn-primary").text()).isEqualTo("1");
	}

	@Test
	void userFollowsAnAuthorAndGetsTheirArticlesInTheFeed() throws IOException {
		Document empty = this.reader.open("/?feed=following");
		assertThat(empty.select(".empty-feed-message").text()).startsWith("Your feed is empty");
		assertThat(empty.select(".empty-feed-message a").attr("href")).isEqualTo("/");
		Document profile = this.reader.press(this.reader.open("/profile/writer" + this.id), "Follow");
		assertThat(profile.select(".user-info button").text()).isEqualTo("Unfollow writer" + this.id);
		assertThat(this.reader.open("/?feed=following").select(".preview-link h1").eachText())
			.containsExactly(this.title);
		Document article = this.reader.press(this.reader.open(this.path), "Unfollow");
		assertThat(article.select("button:contains(Follow writer)")).hasSize(2);
	}

	@Test
	void ownProfileLinksToTheSettingsAndHasNoFollowButton() throws IOException {
		Document profile = this.author.open("/profile/writer" + this.id);
		assertThat(profile.select(".user-info a[href=/settings]").text()).isEqualTo("Edit Profile Settings");
		assertThat(profile.select("button:contains(Follow)")).isEmpty();
		assertThat(profile.select(".user-info p").text()).isEmpty();
		assertThat(profile.select(".user-img").attr("src")).contains("default-avatar.svg");
	}

	@Test
	void userCommentsAndDeletesTheComment() throws IOException {
		Document commented = this.reader.press(this.reader.open(this.path), "Post Comment",
				Map.of("body", "<b>Bold</b> שלום 🙂"));
		assertThat(commented.select(".card:not(.comment-form) .card-block p").eachText())
			.containsExactly("<b>Bold</b> שלום 🙂");
		assertThat(commented.select(".comment-form textarea").val()).isEmpty();
		assertThat(this.author.open(this.path).select(".mod-options")).isEmpty();
		String csrf = commented.select("[name=_csrf]").first().val();
		Document deleted = this.reader.request(commented.expectFirst(".mod-options").closest("form").attr("action"))
			.data("_csrf", csrf)
			.post();
		assertThat(deleted.select(".card:not(.comment-form)")).isEmpty();
	}

	@Test
	void blankCommentShowsTheFormWithTheError() throws IOException {
		Document refused = this.reader.press(this.reader.open(this.path), "Post Comment", Map.of("body", "  "));
		assertThat(refused.select(".comment-form ul.error-messages li").eachText())
			.containsExactly("Text can't be blank");
		assertThat(refused.select("h1").first().text()).isEqualTo(this.title);
	}

	@Test
	void refusedActionsShowWhy() throws IOException {
		Document commented = this.author.press(this.author.open(this.path), "Post Comment", Map.of("body", "Mine"));
		String delete = commented.expectFirst(".mod-options").closest("form").attr("action");
		assertThat(errorMessage(this.reader, delete)).isEqualTo("Only who wrote this comment can delete it.");
		assertThat(errorMessage(this.author, this.path + "/comments/0/delete")).isEqualTo("This comment is gone.");
		assertThat(errorMessage(this.author, "/profile/writer" + this.id + "/follow")).isEqualTo("This is you.");
	}

	private String errorMessage(PageClient user, String path) throws IOException {
		String csrf = user.open(this.path).expectFirst("[name=_csrf]").val();
		return user.request(path).data("_csrf", csrf).post().expectFirst(".error-page h1 + p").text();
	}

	@Test
	void buttonsSendAnonymousVisitorsToTheSignIn() throws IOException {
		PageClient visitor = new PageClient(this.port);
		Document article = visitor.open(this.path);
		assertThat(article.select(".comment-form")).isEmpty();
		assertThat(visitor.press(article, "Follow").location()).contains("/login");
		assertThat(visitor.press(article, "Favorite Article").location()).contains("/login");
		Document signIn = visitor.open(article.expectFirst(".comments a:contains(Sign in)").attr("href"));
		Document returned = visitor.press(signIn, "Sign in",
				Map.of("email", "reader" + this.id + "@example.com", "password", "password1"));
		assertThat(returned.location()).endsWith(this.path);
		assertThat(returned.select(".comment-form")).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "//elsewhere.example", "https://elsewhere.example/", "/\\elsewhere.example", "/{x}",
			"/a\nb", "javascript:alert(1)", "" })
	void buttonDoesNotRedirectToOtherSites(String forged) throws IOException {
		Document page = this.reader.press(this.reader.open(this.path), "Favorite Article", Map.of("back", forged));
		assertThat(page.location()).endsWith(":" + this.port + "/");
	}

	@Test
	void showsNoImagesWithoutHttps() throws IOException {
		this.author.press(this.author.open("/settings"), "Update Settings",
				Map.of("image", "http://example.com/me.png"));
		assertThat(this.reader.open(this.path).select("img[src^=http:]")).isEmpty();
		this.author.press(this.author.open("/settings"), "Update Settings",
				Map.of("image", "https://example.com/me.png\" onerror=\"alert(1)"));
		assertThat(this.reader.open(this.path).select(".article-meta img"))
			.allSatisfy((image) -> assertThat(image.hasAttr("onerror")).isFalse());
	}

}
