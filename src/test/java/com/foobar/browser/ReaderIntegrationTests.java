package com.foobar.browser;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Pattern;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests what a visitor without an account can do. */
class ReaderIntegrationTests extends BrowserTestBase {

	@Test
	void visitorFollowsLinksFromHomeToTagArticleAndAuthor() {
		Visitor visitor = visitor().open("/");
		Page page = visitor.page();
		assertThat(page).hasTitle("A place to share what you know — foobar");
		String tag = clickAndReturnText(page.locator(".sidebar .tag-pill").first());
		assertThat(page.locator(".feed-toggle .nav-link.active")).hasText("# " + tag);
		String title = clickAndReturnText(page.locator(".article-preview h1").first());
		assertThat(page.locator(".banner h1")).hasText(title);
		String author = clickAndReturnText(page.locator(".banner .author"));
		assertThat(page.locator(".user-info h4")).hasText(author);
		assertThat(page.locator(".article-preview h1").getByText(title)).isVisible();
		visitor.link("Favorited Articles").click();
		assertThat(page).hasURL(Pattern.compile("/profile/[^/]+/favorites$"));
		visitor.link("Home").click();
		assertThat(page).hasURL("/");
	}

	private static String clickAndReturnText(Locator link) {
		String text = link.innerText();
		link.click();
		return text;
	}

	@Test
	void visitorGoesToTheNextPage() {
		Author author = author(unique("diarist"));
		for (int i = 1; i <= 11; i++) {
			author.publish("Day " + i, "Nothing happened");
		}
		Visitor visitor = visitor().open("/profile/" + author.name());
		Locator titles = visitor.page().locator(".article-preview h1");
		assertThat(titles).hasCount(10);
		assertThat(titles.first()).hasText("Day 11");
		visitor.link("2").click();
		assertThat(titles).hasText(new String[] { "Day 1" });
		assertThat(visitor.page().locator(".page-item.active")).hasText("2");
		visitor.page().goBack();
		assertThat(titles).hasCount(10);
	}

	@Test
	void visitorFindsAnArticleByAWord() {
		author(unique("author")).publish("About birds", "The hoopoe is one.");
		Page page = visitor().open("/").page();
		page.getByRole(AriaRole.SEARCHBOX).fill("hoopoe");
		page.getByRole(AriaRole.SEARCHBOX).press("Enter");
		assertThat(page).hasURL("/search?q=hoopoe");
		assertThat(page.locator(".article-preview h1")).hasText(new String[] { "About birds" });
		page.locator("main").getByRole(AriaRole.SEARCHBOX).fill("xyzzy");
		page.locator("main .search-form button").click();
		assertThat(page.locator(".empty-feed-message")).hasText("No article has any of these words.");
	}

	@Test
	void visitorSubscribesToTheFeedOfAnAuthor() {
		Author author = author(unique("author"));
		author.publish("For the subscribers of " + author.name(), "Hello.");
		author(unique("other")).publish("For nobody", "Silence.");
		Page page = visitor().open("/profile/" + author.name()).page();
		APIResponse feed = page.request().get(page.locator("link[rel=alternate]").first().getAttribute("href"));
		assertThat(feed).isOK();
		assertThat(feed.text()).contains("For the subscribers of " + author.name()).doesNotContain("For nobody");
	}

	@Test
	void visitorSeesThatTheSiteIsHealthy() {
		Visitor visitor = visitor().open("/");
		visitor.link("Status").click();
		assertThat(visitor.page()).hasURL("/status");
		assertThat(visitor.page().locator(".health")).hasClass("health well");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Follow ada", "Favorite Article" })
	void buttonsSendAnonymousVisitorsToTheSignIn(String button) {
		String slug = author("ada" + unique("-")).publish("Wanted", "More.");
		Visitor visitor = visitor().open("/article/" + slug);
		visitor.button(button).first().click();
		assertThat(visitor.page().locator("main h1")).hasText("Sign in");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/editor", "/settings", "/?feed=following" })
	void pagesForUsersRedirectOthersToTheSignIn(String path) {
		assertThat(visitor().open(path).page()).hasURL("/login");
	}

	@Test
	void notFoundPageLinksToTheArticles() {
		Visitor visitor = visitor().open("/article/that-never-was");
		assertThat(visitor.page().locator(".error-page .status")).hasText("404");
		visitor.link("Back to the articles").click();
		assertThat(visitor.page()).hasURL("/");
	}

	@Test
	void datesHaveTheVisitorsFormat() {
		String slug = author(unique("author")).publish("Dated", "Today.");
		Locator time = visitor().open("/article/" + slug).page().locator(".banner time");
		assertThat(time).hasText(Instant.parse(time.getAttribute("datetime"))
			.atZone(ZoneId.of("Europe/London"))
			.format(DateTimeFormatter.ofPattern("d MMMM yyyy", Locale.UK)));
	}

}
