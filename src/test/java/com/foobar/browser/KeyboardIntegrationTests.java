package com.foobar.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Checks the site for a visitor without a mouse, who sees the focus by its outline. */
class KeyboardIntegrationTests extends Journey {

	private static final int MAX_TABS = 60;

	private static final String OUTLINE = "(element) => getComputedStyle(element).outlineStyle";

	private Page page;

	@Test
	void visitorSignsInReadsFavoritesCommentsAndSignsOutWithoutAMouse() {
		String slug = author(unique("author")).publish("Typed", "By hand.");
		String name = author(unique("typist")).name();
		Visitor visitor = visitor().open("/");
		this.page = visitor.page();

		this.page.keyboard().press("Tab");
		assertThat(visitor.link("Skip to the content")).isFocused();
		assertThat(visitor.link("Skip to the content")).isInViewport();
		this.page.keyboard().press("Enter");
		this.page.keyboard().press("Tab");
		assertThat(visitor.link("Global Feed")).isFocused();

		visitor.open("/");
		press(visitor.link("Sign in"));
		type(visitor.field("Email"), name + "@example.com");
		type(visitor.field("Password"), Visitor.PASSWORD);
		this.page.keyboard().press("Enter");
		assertThat(visitor.link("New Article")).isVisible();

		press(this.page.getByText("Typed"));
		assertThat(this.page).hasURL("/article/" + slug);
		press(visitor.button("Favorite Article").first());
		assertThat(visitor.button("Unfavorite Article").first()).isFocused();
		type(this.page.getByPlaceholder("Write a comment..."), "No mouse was moved.");
		press(visitor.button("Post Comment"));
		assertThat(this.page.locator(".card-text")).hasText("No mouse was moved.");

		press(visitor.link("Settings"));
		press(visitor.button("Or click here to logout."));
		assertThat(visitor.link("Sign in")).isVisible();
	}

	private void type(Locator field, String text) {
		tabTo(field);
		this.page.keyboard().type(text);
	}

	private void press(Locator target) {
		tabTo(target);
		this.page.keyboard().press("Enter");
	}

	// Checks that every element on the way shows an outline when it has the focus.
	private void tabTo(Locator target) {
		for (int i = 0; i < MAX_TABS; i++) {
			this.page.keyboard().press("Tab");
			Locator focused = this.page.locator("*:focus");
			if (focused.count() == 1) {
				assertThat(focused.evaluate(OUTLINE)).as(focused.innerHTML()).isNotEqualTo("none");
			}
			if (isWithin(target)) {
				return;
			}
		}
		throw new AssertionError("%d times Tab do not lead to %s".formatted(MAX_TABS, target));
	}

	private static boolean isWithin(Locator target) {
		return (boolean) target.evaluate(
				"(element) => document.activeElement === (element.closest('a, button, input, textarea') ?? element)");
	}

}
