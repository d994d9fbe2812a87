package com.foobar.browser;

import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.CDPSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests how many bytes the browser of a new visitor loads for the home page. */
class PageWeightIntegrationTests extends BrowserTestBase {

	@Test
	void homePageNeedsLessThan50Kilobytes() {
		Author author = author(unique("prolific"));
		for (int i = 1; i <= 10; i++) {
			author.publish("An article with a title of a usual length, number " + i, "Text", "one", "two", "three");
		}
		Visitor visitor = visitor();
		List<Double> sizes = new ArrayList<>();
		CDPSession devTools = visitor.page().context().newCDPSession(visitor.page());
		devTools.send("Network.enable");
		devTools.on("Network.loadingFinished", (event) -> sizes.add(event.get("encodedDataLength").getAsDouble()));
		visitor.open("/");
		assertThat(visitor.page().locator(".article-preview").count()).isEqualTo(10);
		assertThat(sizes).as("responses for the page, its style and its script").hasSizeGreaterThanOrEqualTo(3);
		double bytes = sizes.stream().mapToDouble(Double::doubleValue).sum();
		System.out.printf("First view of the home page: %d requests, %.0f bytes%n", sizes.size(), bytes);
		assertThat(bytes).isLessThan(50_000);
	}

}
