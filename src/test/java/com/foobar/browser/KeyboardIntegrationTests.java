package com.foobar.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a visitor can use the site without a mouse, and sees an outline around the
 * focused element.
 */
class KeyboardIntegrationTests extends BrowserTestBase {

	private static final int MAX_TABS = 60;

	private static final String OUTLINE_STYLE = "(element) => getComputedStyle(element).outlineStyle";

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
		activate(visitor.link("Sign in"));
		type(visitor.field("Email"), name + "@example.com");
		type(visitor.field("Password"), Visitor.PASSWORD);
		this.page.keyboard().press("Enter");
		assertThat(visitor.link("New Article")).isVisible();

		activate(this.page.getByText("Typed"));
		assertThat(this.page).hasURL("/article/" + slug);
		activate(visitor.button("Favorite Article").first());
		assertThat(visitor.button("Unfavorite Article").first()).isFocused();
		type(this.page.getByPlaceholder("Write a comment..."), "No mouse was moved.");
		activate(visitor.button("Post Comment"));
		assertThat(this.page.locator(".card-text")).hasText("No mouse was moved.");

		activate(visitor.link("Settings"));
		activate(visitor.button("Or click here to logout."));
		assertThat(visitor.link("Sign in")).isVisible();
	}

	private void type(Locator field, String text) {
		tabTo(field);
		this.page.keyboard().type(text);
	}

	private void activate(Locator target) {
		tabTo(target);
		this.page.keyboard().press("Enter");
	}

	// Presses Tab until the target has the focus, and checks that every focused element
	// has an outline.
	private void tabTo(Locator target) {
		for (int i = 0; i < MAX_TABS; i++) {
			this.page.keyboard().press("Tab");
			Locator focused = this.page.locator("*:focus");
			if (focused.count() == 1) {
				assertThat(focused.evaluate(OUTLINE_STYLE)).as(focused.innerHTML()).isNotEqualTo("none");
			}
			if (hasFocus(target)) {
				return;
			}
		}
		throw new AssertionError("[%s] has no focus after %d presses of Tab".formatted(target, MAX_TABS));
	}

	private static boolean hasFocus(Locator target) {
		return (boolean) target.evaluate(
				"(element) => document.activeElement === (element.closest('a, button, input, textarea') ?? element)");
	}

}
