package com.foobar.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests that pages show emoji, all scripts and text from right to left correctly. */
class UnicodeIntegrationTests extends BrowserTestBase {

	private static final String FAMILY = "👨‍👩‍👧‍👦🐢";

	@Test
	void emojiAndNamesInAnyScriptAreShown() {
		Author author = author(unique("סופר"));
		String slug = author.publish(FAMILY, FAMILY, FAMILY);
		Page page = visitor().open("/article/" + slug).page();
		assertThat(page).hasTitle(FAMILY + " — foobar");
		assertThat(page.locator(".article-content")).hasText(FAMILY);
		page.locator(".article-page .tag-list a").click();
		assertThat(page.locator(".article-preview h1")).hasText(FAMILY);
		page.locator(".article-preview .author").click();
		assertThat(page.locator(".user-info h4")).hasText(author.name());
	}

	@Test
	void textFromRightToLeftStartsOnTheRight() {
		Author author = author(unique("sofer")).changeBio("שלום לכם");
		String slug = author.publish("שלום עולם", "כל הכבוד!\n\nAnd from the left.");
		author.comment(slug, "יפה מאוד!");
		Page page = visitor().open("/article/" + slug).page();
		assertThat(startsOnTheRight(page.locator(".banner h1"))).isTrue();
		assertThat(startsOnTheRight(page.locator(".article-content p").first())).isTrue();
		assertThat(startsOnTheRight(page.locator(".article-content p").last())).isFalse();
		assertThat(startsOnTheRight(page.locator(".card-text"))).isTrue();
	}

	// Measures the position of the first letter, because several styles can determine it.
	private static boolean startsOnTheRight(Locator text) {
		return (boolean) text.evaluate("""
				(element) => {
					const letter = document.createRange();
					letter.setStart(element.firstChild, 0);
					letter.setEnd(element.firstChild, 1);
					const box = element.getBoundingClientRect();
					return letter.getBoundingClientRect().left > (box.left + box.right) / 2;
				}
				""");
	}

}
