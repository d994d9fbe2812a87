package com.foobar.browser;

import java.util.ArrayList;
import java.util.List;

import com.microsoft.playwright.CDPSession;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How soon a new visitor sees something: how much must be carried to them first. */
class FirstViewIntegrationTests extends Journey {

	@Test
	void homePageIsLessThan50KilobytesOverTheWire() {
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
