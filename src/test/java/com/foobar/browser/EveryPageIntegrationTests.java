package com.foobar.browser;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

import com.microsoft.playwright.Browser;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.SoftAssertions.assertSoftly;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Tests the accessibility and the layout of every page in every display mode. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryPageIntegrationTests extends BrowserTestBase {

	private final Map<VisitorKind, String> storageStates = new EnumMap<>(VisitorKind.class);

	@BeforeAll
	void createSampleData() {
		SampleData.insert(this::author);
		this.storageStates.put(VisitorKind.READER, visitor().signIn(SampleData.READER).cookies());
		this.storageStates.put(VisitorKind.WRITER, visitor().signIn(SampleData.WRITER).cookies());
	}

	@ParameterizedTest(name = "{0}, {1}")
	@MethodSource("pagesAndDisplayModes")
	void pageIsAccessibleAndDoesNotShift(SitePage page, DisplayMode mode) {
		Browser.NewContextOptions options = mode.options().setStorageState(this.storageStates.get(page.visitorKind()));
		Visitor visitor = visitor(options);
		page.open(visitor);
		var inspector = new PageInspector(visitor.page());
		double layoutShift = inspector.layoutShift();
		page.prepare(visitor);
		inspector.saveScreenshot(page + mode.suffix());
		assertSoftly((softly) -> {
			softly.assertThat(layoutShift).as("layout shift while the page loads").isLessThan(0.01);
			softly.assertThat(inspector.horizontalOverflow()).as("excess width in pixels").isZero();
			if (mode == DisplayMode.PHONE) {
				softly.assertThat(inspector.smallTargets()).as("elements smaller than 24 pixels").isEmpty();
			}
			else {
				softly.assertThat(inspector.accessibilityViolations()).as("violations of WCAG 2.2 AA").isEmpty();
			}
		});
	}

	static Stream<Arguments> pagesAndDisplayModes() {
		return Stream.of(SitePage.values())
			.flatMap((page) -> Stream.of(DisplayMode.values()).map((mode) -> arguments(page, mode)));
	}

}
