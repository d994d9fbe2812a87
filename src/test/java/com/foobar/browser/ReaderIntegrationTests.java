package com.foobar.browser;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Somebody who only came to read, and has no account. */
class ReaderIntegrationTests extends Journey {

	@Test
	void readerGoesFromHomeToATagAnArticleItsAuthorAndHomeAgain() {
		Visitor reader = visitor().open("/");
		Page page = reader.page();
		assertThat(page).hasTitle("A place to share what you know — foobar");
		page.locator(".sidebar").getByText("replication").click();
		assertThat(page).hasURL("/tag/replication");
		assertThat(page.locator(".feed-toggle .nav-link.active")).hasText("# replication");
		page.getByText("The length of a nanosecond").click();
		assertThat(page.locator(".banner h1")).hasText("The length of a nanosecond");
		assertThat(page.locator(".article-content strong")).hasText("thirty centimetres");
		page.locator(".banner .author").click();
		assertThat(page).hasURL("/profile/grace");
		assertThat(page.locator(".user-info")).containsText("Explains nanoseconds with a piece of wire.");
		reader.link("Favorited Articles").click();
		assertThat(page.locator(".article-preview h1")).containsText(new String[] { "Reading your own writes" });
		reader.link("Home").click();
		assertThat(page).hasURL("/");
	}

	@Test
	void readerTurnsThePages() {
		Author author = author(unique("diarist"));
		for (int i = 1; i <= 11; i++) {
			author.publish("Day " + i, "Nothing happened");
		}
		Visitor reader = visitor().open("/profile/" + author.name());
		Locator titles = reader.page().locator(".article-preview h1");
		assertThat(titles).hasCount(10);
		assertThat(titles.first()).hasText("Day 11");
		reader.link("2").click();
		assertThat(titles).hasText(new String[] { "Day 1" });
		assertThat(reader.page().locator(".page-item.active")).hasText("2");
		reader.page().goBack();
		assertThat(titles).hasCount(10);
	}

	@Test
	void readerFindsAnArticleByAWordInIt() {
		Page page = visitor().open("/").page();
		page.getByRole(AriaRole.SEARCHBOX).fill("centimetres");
		page.getByRole(AriaRole.SEARCHBOX).press("Enter");
		assertThat(page).hasURL("/search?q=centimetres");
		assertThat(page.locator(".article-preview h1")).hasText(new String[] { "The length of a nanosecond" });
		page.locator("main").getByRole(AriaRole.SEARCHBOX).fill("zzzz");
		page.locator("main").getByText("Search", new Locator.GetByTextOptions().setExact(true)).last().press("Enter");
		assertThat(page.locator(".empty-feed-message")).hasText("No article has any of these words.");
	}

	@Test
	void readerSubscribesToTheFeedOfAnAuthor() {
		Page page = visitor().open("/profile/grace").page();
		String feed = page.locator("link[rel=alternate]").first().getAttribute("href");
		APIResponse atom = page.request().get(feed);
		assertThat(atom).isOK();
		assertThat(atom.text()).contains("The length of a nanosecond").doesNotContain("Check the numbers");
	}

	@Test
	void readerSeesThatTheSiteIsWell() {
		Visitor reader = visitor().open("/");
		reader.link("Status").click();
		assertThat(reader.page()).hasURL("/status");
		assertThat(reader.page().locator(".health")).hasClass("health well");
	}

	@ParameterizedTest
	@ValueSource(strings = { "Follow ada", "Favorite Article" })
	void readerWhoWantsMoreIsAskedToSignIn(String wish) {
		Visitor reader = visitor().open("/article/reading-your-own-writes");
		reader.button(wish).first().click();
		assertThat(reader.page().locator("main h1")).hasText("Sign in");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/editor", "/settings", "/?feed=following" })
	void pagesForVisitorsAreNotForReaders(String path) {
		assertThat(visitor().open(path).page()).hasURL("/login");
	}

	@Test
	void readerWhoGotLostFindsTheWayBack() {
		Visitor reader = visitor().open("/article/that-never-was");
		assertThat(reader.page().locator(".error-page .status")).hasText("404");
		reader.link("Back to the articles").click();
		assertThat(reader.page()).hasURL("/");
	}

	@Test
	void datesAreWrittenAsTheReaderWritesThem() {
		Page page = visitor().open("/article/reading-your-own-writes").page();
		assertThat(page.locator(".banner time")).hasText("23 March 2026");
	}

}
