package com.foobar.benchmark;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

import org.awaitility.Awaitility;
import org.openjdk.jmh.util.ListStatistics;

/** Measures the cost of rendering the home page, compared with the queries behind it. */
final class PageBenchmark {

	private static final int WARMUP = 4_000;

	private static final int MEASURED = 2_000;

	private final HttpClient client = HttpClient.newHttpClient();

	private final HttpRequest request;

	private final PageClock clock;

	private PageBenchmark(Site site) {
		this.request = HttpRequest.newBuilder(URI.create(site.url())).build();
		this.clock = site.clock();
	}

	/** Prints both costs, and whether the target is met. */
	static void run() {
		Comparison.print("%nMeasuring the home page for half a minute...");
		try (var site = new Site()) {
			site.publish(30);
			new PageBenchmark(site).measure();
		}
	}

	private void measure() {
		// The page's length shows that the replica has all articles.
		Awaitility.await().until(() -> page().split("article-preview", -1).length, (parts) -> parts == 11);
		requestPages(WARMUP);
		this.clock.reset();
		requestPages(MEASURED);
		// The client has the last page before the server ends its request.
		Awaitility.await().until(() -> this.clock.rendering().size() == MEASURED);
		Ratio ratio = Ratio.of(this.clock.rendering(), this.clock.queries());
		Comparison.print("%nThe home page of ten articles: medians of %d requests, one after another%n", MEASURED);
		Comparison.print("%-50s%7.0f us", "its queries, on the replica", median(this.clock.queries()));
		Comparison.print("%-50s%7.0f us", "its template", median(this.clock.rendering()));
		Comparison.print(
				"%nTarget: rendering costs at most 1.00x the queries. It is %.2fx (95 %%: %.2fx to %.2fx): %s.%n",
				ratio.median(), ratio.lower(), ratio.upper(), (ratio.median() <= 1) ? "met" : "MISSED");
	}

	private void requestPages(int times) {
		for (int time = 0; time < times; time++) {
			page();
		}
	}

	private String page() {
		try {
			return this.client.send(this.request, HttpResponse.BodyHandlers.ofString()).body();
		}
		catch (IOException ex) {
			throw new IllegalStateException("The home page got no response", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static double median(List<Double> times) {
		var statistics = new ListStatistics();
		times.forEach(statistics::addValue);
		return statistics.getPercentile(50);
	}

}
