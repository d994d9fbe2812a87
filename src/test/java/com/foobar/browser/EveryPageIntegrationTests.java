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

/** Checks accessibility and layout of every page: light, dark and on a phone. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryPageIntegrationTests extends Journey {

	private final Map<Who, String> signedIn = new EnumMap<>(Who.class);

	@BeforeAll
	void createSampleData() {
		Furnishing.of(this::author);
		this.signedIn.put(Who.READER, visitor().signIn(Furnishing.READER).cookies());
		this.signedIn.put(Who.WRITER, visitor().signIn(Furnishing.WRITER).cookies());
	}

	@ParameterizedTest(name = "{0}, {1}")
	@MethodSource("pagesAndLooks")
	void pageIsAccessibleAndDoesNotShift(SitePage page, Look look) {
		Browser.NewContextOptions options = look.options().setStorageState(this.signedIn.get(page.who()));
		Visitor visitor = visitor(options);
		page.open(visitor);
		var inspection = new Inspection(visitor.page());
		double layoutShift = inspection.layoutShift();
		page.prepare(visitor);
		inspection.saveScreenshot(page + look.suffix());
		assertSoftly((softly) -> {
			softly.assertThat(layoutShift).as("layout shift while loading").isLessThan(0.01);
			softly.assertThat(inspection.horizontalOverflow()).as("pixels to scroll sideways").isZero();
			if (look == Look.PHONE) {
				softly.assertThat(inspection.smallTargets()).as("smaller than 24 pixels").isEmpty();
			}
			else {
				softly.assertThat(inspection.accessibilityViolations()).as("violations of WCAG 2.2 AA").isEmpty();
			}
		});
	}

	static Stream<Arguments> pagesAndLooks() {
		return Stream.of(SitePage.values())
			.flatMap((page) -> Stream.of(Look.values()).map((look) -> arguments(page, look)));
	}

}
