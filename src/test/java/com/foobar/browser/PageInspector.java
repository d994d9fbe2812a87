package com.foobar.browser;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.CheckedNode;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotAnimations;

/** Measures the layout and the accessibility of a page that is open in a browser. */
record PageInspector(Page page) {

	private static final String BEST_PRACTICE = "best-practice";

	private static final List<String> WCAG_2_2_AA = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
			BEST_PRACTICE);

	private static final String LAYOUT_SHIFT = """
			() => {
				const observer = new PerformanceObserver(() => {});
				observer.observe({ type: "layout-shift", buffered: true });
				return observer.takeRecords().reduce((sum, shift) => sum + shift.value, 0);
			}
			""";

	private static final String HORIZONTAL_OVERFLOW = """
			() => document.documentElement.scrollWidth - document.documentElement.clientWidth
			""";

	// WCAG allows links in a text to be as low as its lines, so the script skips them.
	private static final String SMALL_TARGETS = """
			() => [...document.querySelectorAll("a, button, input:not([type=hidden]), textarea, select, summary")]
				.filter((target) => target.checkVisibility({ visibilityProperty: true }))
				.filter((target) => !(target.matches("a") && target.closest("p, .article-content, .empty-feed-message, footer")))
				.filter((target) => !target.closest("[aria-hidden=true]"))
				.map((target) => [target, target.getBoundingClientRect()])
				.filter(([, box]) => box.right > 0 && (box.width < 24 || box.height < 24))
				.map(([target, box]) => `${box.width} x ${box.height}: ${target.outerHTML}`)
			""";

	/** Saves a screenshot of the page as target/screenshots/name.png, for review. */
	void saveScreenshot(String name) {
		this.page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots", name + ".png"))
			.setFullPage(true)
			.setAnimations(ScreenshotAnimations.DISABLED));
	}

	/**
	 * Returns the violations of WCAG 2.2 AA that axe finds. Prints the violations of best
	 * practices, because they are not errors.
	 */
	List<String> accessibilityViolations() {
		List<Rule> violations = new AxeBuilder(this.page).withTags(WCAG_2_2_AA)
			// Legacy mode needs no second page, and suffices for a site without frames.
			.setLegacyMode(true)
			.analyze()
			.getViolations();
		violations.stream().filter(PageInspector::isBestPractice).flatMap(this::describe).forEach(System.out::println);
		return violations.stream().filter((rule) -> !isBestPractice(rule)).flatMap(this::describe).toList();
	}

	private static boolean isBestPractice(Rule rule) {
		return rule.getTags().contains(BEST_PRACTICE);
	}

	private Stream<String> describe(Rule rule) {
		return rule.getNodes()
			.stream()
			.map((CheckedNode node) -> "%s: %s [%s] %s%n%s".formatted(this.page.url(), rule.getHelp(), rule.getId(),
					node.getHtml(), node.getFailureSummary()));
	}

	/** Returns the cumulative layout shift since the page began to load; 0 means none. */
	double layoutShift() {
		return ((Number) this.page.evaluate(LAYOUT_SHIFT)).doubleValue();
	}

	/** Returns the number of pixels by which the page is wider than the window. */
	int horizontalOverflow() {
		return (int) this.page.evaluate(HORIZONTAL_OVERFLOW);
	}

	/**
	 * Returns the links, buttons and fields that are less than 24 pixels wide or high.
	 */
	@SuppressWarnings("unchecked")
	List<String> smallTargets() {
		return (List<String>) this.page.evaluate(SMALL_TARGETS);
	}

}
