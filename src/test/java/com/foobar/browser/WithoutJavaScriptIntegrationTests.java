package com.foobar.browser;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** Tests that the site works in a browser without JavaScript. */
class WithoutJavaScriptIntegrationTests extends BrowserTestBase {

	private final String name = unique("purist");

	@Test
	void visitorRegistersPublishesFollowsFavoritesAndComments() {
		Author author = author(unique("author"));
		String slug = author.publish("Plain", "Text.");
		Visitor visitor = visitor(DisplayMode.LIGHT.options().setJavaScriptEnabled(false)).register(this.name);
		Page page = visitor.page();

		visitor.link("New Article").click();
		visitor.field("Title").fill("Forms suffice " + this.name);
		visitor.field("Description").fill("They always did");
		visitor.field("Text").fill("*Truly*");
		page.getByPlaceholder("Enter tags").fill("forms, html");
		visitor.button("Publish Article").click();
		assertThat(page.locator(".article-content em")).hasText("Truly");
		assertThat(page.locator(".tag-list .tag-default")).hasText(new String[] { "forms", "html" });

		visitor.open("/article/" + slug);
		visitor.button("Follow " + author.name()).first().click();
		assertThat(page).hasURL("/article/" + slug);
		assertThat(visitor.button("Unfollow " + author.name())).hasCount(2);
		visitor.button("Favorite Article").first().click();
		assertThat(visitor.button("Unfavorite Article").first()).hasText("Unfavorite Article (1)");
		visitor.button("Unfavorite Article").first().click();
		assertThat(visitor.button("Favorite Article").first()).hasText("Favorite Article (0)");
		page.getByPlaceholder("Write a comment...").fill("Sent the old way");
		visitor.button("Post Comment").click();
		assertThat(page.locator(".card-text")).hasText("Sent the old way");
		visitor.button("Delete this comment").click();
		assertThat(page.locator(".card-text")).hasCount(0);
	}

}
