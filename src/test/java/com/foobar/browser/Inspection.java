package com.foobar.browser;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.deque.html.axecore.results.CheckedNode;
import com.deque.html.axecore.results.Rule;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ScreenshotAnimations;

/** A close look at a page that is open in a browser. */
record Inspection(Page page) {

	private static final String ADVICE = "best-practice";

	private static final List<String> WCAG_2_2_AA = List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
			ADVICE);

	private static final String LAYOUT_SHIFT = """
			() => {
				const observer = new PerformanceObserver(() => {});
				observer.observe({ type: "layout-shift", buffered: true });
				return observer.takeRecords().reduce((sum, shift) => sum + shift.value, 0);
			}
			""";

	private static final String OVERHANG = """
			() => document.documentElement.scrollWidth - document.documentElement.clientWidth
			""";

	// Links within a text are as high as its lines; that is allowed.
	private static final String SMALL_TARGETS = """
			() => [...document.querySelectorAll("a, button, input:not([type=hidden]), textarea, select, summary")]
				.filter((target) => target.checkVisibility({ visibilityProperty: true }))
				.filter((target) => !(target.matches("a") && target.closest("p, .article-content, .empty-feed-message, footer")))
				.filter((target) => !target.closest("[aria-hidden=true]"))
				.map((target) => [target, target.getBoundingClientRect()])
				.filter(([, box]) => box.right > 0 && (box.width < 24 || box.height < 24))
				.map(([target, box]) => `${box.width} x ${box.height}: ${target.outerHTML}`)
			""";

	/** The whole page, for people to look at: target/screenshots/name.png. */
	void keepScreenshot(String name) {
		this.page.screenshot(new Page.ScreenshotOptions().setPath(Path.of("target/screenshots", name + ".png"))
			.setFullPage(true)
			.setAnimations(ScreenshotAnimations.DISABLED));
	}

	/**
	 * What breaks WCAG 2.2 AA, as far as a machine can tell. What is only not the best
	 * practice is printed.
	 */
	List<String> barriers() {
		List<Rule> violations = new AxeBuilder(this.page).withTags(WCAG_2_2_AA)
			// Without frames, the site needs no second page to put the findings together.
			.setLegacyMode(true)
			.analyze()
			.getViolations();
		violations.stream().filter(Inspection::isAdvice).flatMap(this::places).forEach(System.out::println);
		return violations.stream().filter((rule) -> !isAdvice(rule)).flatMap(this::places).toList();
	}

	private static boolean isAdvice(Rule rule) {
		return rule.getTags().contains(ADVICE);
	}

	private Stream<String> places(Rule rule) {
		return rule.getNodes()
			.stream()
			.map((CheckedNode node) -> "%s: %s [%s] %s%n%s".formatted(this.page.url(), rule.getHelp(), rule.getId(),
					node.getHtml(), node.getFailureSummary()));
	}

	/** How much moved while the page was loaded, from 0, as browsers count it. */
	double layoutShift() {
		return ((Number) this.page.evaluate(LAYOUT_SHIFT)).doubleValue();
	}

	/** How many pixels wider the page is than the window. */
	int overhang() {
		return (int) this.page.evaluate(OVERHANG);
	}

	/** What can be pressed and is less than 24 pixels wide or high. */
	@SuppressWarnings("unchecked")
	List<String> smallTargets() {
		return (List<String>) this.page.evaluate(SMALL_TARGETS);
	}

}
