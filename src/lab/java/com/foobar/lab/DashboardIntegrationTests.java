package com.foobar.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import com.foobar.Chromium;
import com.jayway.jsonpath.JsonPath;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that the dashboard shows what happens in the lab. The tests save screenshots in
 * target/dashboard.
 */
@Tag("lab")
@Tag("group")
class DashboardIntegrationTests {

	@RegisterExtension
	static final Chromium chromium = new Chromium();

	private static final String URL = "https://localhost:%s/consoles/index.html"
		.formatted(Objects.requireNonNullElse(System.getenv("FOOBAR_LAB_DASHBOARD_PORT"), "8490"));

	private final List<String> errors = new ArrayList<>();

	@BeforeEach
	void awaitPrometheus() {
		Prometheus.await();
	}

	@Test
	void newPrimaryIsShownAfterTheOldOneWasKilled() {
		String former = Group.awaitPrimary();
		writeSiteMetrics();
		try (BrowserContext context = open(new Browser.NewContextOptions().setViewportSize(1280, 1000))) {
			Page page = context.newPage();
			page.navigate(URL + "?range=1h");
			awaitPrimary(page, former);
			// uPlot has drawn the graphs.
			assertThat(page.locator("#lag canvas").first())
				.isVisible(new LocatorAssertions.IsVisibleOptions().setTimeout(60_000));
			save(page, "before");
			Lab.on(former, "systemctl", "kill", "--signal=KILL", "mysql");
			Group.awaitOtherPrimaryThan(former);
			String primary = Group.awaitPrimary();
			writeSiteMetrics();
			awaitPrimary(page, primary);
			assertThat(row(page, former)).not().containsText("primary");
			save(page, "after");
		}
		assertThat(this.errors).isEmpty();
	}

	@Test
	void pageIsReadableOnAPhoneInTheDarkAndWithoutJavaScript() {
		var phone = new Browser.NewContextOptions().setViewportSize(390, 844).setColorScheme(ColorScheme.DARK);
		try (BrowserContext context = open(phone.setJavaScriptEnabled(false))) {
			Page page = context.newPage();
			page.navigate(URL);
			assertThat(page.locator(".verdict")).isVisible();
			assertThat(page.locator("#databases-now tbody tr")).hasCount(Group.MEMBERS.size());
			assertThat(page.locator("#databases-now td:has-text('primary')")).hasCount(1);
			save(page, "phone");
		}
		assertThat(this.errors).isEmpty();
	}

	@Test
	void nobodySeesThePageWithoutThePassword() {
		try (BrowserContext context = chromium.browser()
			.newContext(new Browser.NewContextOptions().setIgnoreHTTPSErrors(true))) {
			assertThat(context.request().get(URL).status()).isEqualTo(401);
		}
	}

	@Test
	void everyQueryOfGrafanasDashboardIsEvaluated() {
		String dashboard = Prometheus.get("/user/grafana.json");
		List<String> queries = new ArrayList<>(JsonPath.<List<String>>read(dashboard, "$.panels[*].targets[*].expr"));
		queries.addAll(JsonPath.<List<String>>read(dashboard, "$.annotations.list[*].expr"));
		assertThat(queries).hasSizeGreaterThan(30);
		// Prometheus' error is the exception's message.
		assertThat(queries).allSatisfy(
				(query) -> Prometheus.query(query.replace("$__rate_interval", "1m").replace("$__interval", "30s")));
	}

	private BrowserContext open(Browser.NewContextOptions options) {
		BrowserContext context = chromium.browser()
			.newContext(options.setIgnoreHTTPSErrors(true).setHttpCredentials("operator", Prometheus.password()));
		context.setDefaultTimeout(20_000);
		context.onConsoleMessage((message) -> {
			if (message.type().equals("error")) {
				this.errors.add("%s (%s)".formatted(message.text(), message.location()));
			}
		});
		context.onWebError((error) -> this.errors.add(error.error()));
		return context;
	}

	private static void writeSiteMetrics() {
		Group.MEMBERS.forEach(Prometheus::writeSiteMetrics);
	}

	// The page reads its tables again every 30 seconds, and the metrics are 15 seconds
	// old.
	private static void awaitPrimary(Page page, String server) {
		Awaitility.await("the dashboard shows that %s is the primary".formatted(server))
			.atMost(Duration.ofSeconds(90))
			.pollInSameThread()
			.ignoreExceptions()
			.pollInterval(Duration.ofSeconds(1))
			.until(() -> row(page, server).innerText(), (row) -> row.contains("primary"));
	}

	private static Locator row(Page page, String server) {
		return page.locator("#databases-now tbody tr").filter(new Locator.FilterOptions().setHasText(server));
	}

	private static void save(Page page, String name) {
		page.screenshot(
				new Page.ScreenshotOptions().setPath(Path.of("target/dashboard", name + ".png")).setFullPage(true));
	}

}
