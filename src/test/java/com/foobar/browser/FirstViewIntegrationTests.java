package com.foobar.browser;

import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.CDPSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Checks how many bytes a new visitor's browser must load for the first page. */
class FirstViewIntegrationTests extends Journey {

	@Test
	void homePageNeedsLessThan50Kilobytes() {
		Author author = author(unique("prolific"));
		for (int i = 1; i <= 10; i++) {
			author.publish("An article with a title of a usual length, number " + i, "Text", "one", "two", "three");
		}
		Visitor visitor = visitor();
		List<Double> transfers = new ArrayList<>();
		CDPSession wire = visitor.page().context().newCDPSession(visitor.page());
		wire.send("Network.enable");
		wire.on("Network.loadingFinished", (event) -> transfers.add(event.get("encodedDataLength").getAsDouble()));
		visitor.open("/");
		assertThat(visitor.page().locator(".article-preview").count()).isEqualTo(10);
		assertThat(transfers).as("the page, its style, its script").hasSizeGreaterThanOrEqualTo(3);
		double bytes = transfers.stream().mapToDouble(Double::doubleValue).sum();
		System.out.printf("Home page at first view: %d requests, %.0f bytes%n", transfers.size(), bytes);
		assertThat(bytes).isLessThan(50_000);
	}

}
