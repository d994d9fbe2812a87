package com.foobar.browser;

import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * Tests that a visitor can use the site by touch on a phone.
 * {@link EveryPageIntegrationTests} tests the layout.
 */
class PhoneIntegrationTests extends BrowserTestBase {

	@Test
	void visitorRegistersReadsFavoritesAndCommentsByTouch() {
		String slug = author(unique("author")).publish("Read on the train", "Hold on.", "phones");
		Visitor visitor = visitor(DisplayMode.PHONE).register(unique("commuter"));
		Page page = visitor.page();
		page.getByText("Read on the train").tap();
		assertThat(page).hasURL("/article/" + slug);
		visitor.button("Favorite Article").first().tap();
		assertThat(visitor.button("Unfavorite Article").first()).isVisible();
		page.getByPlaceholder("Write a comment...").tap();
		page.getByPlaceholder("Write a comment...").fill("Typed with a thumb");
		visitor.button("Post Comment").tap();
		assertThat(page.locator(".card-text")).hasText("Typed with a thumb");
		page.locator("article > .tag-list a").tap();
		assertThat(page).hasURL("/tag/phones");
	}

}
