package com.foobar.browser;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests forms of several tabs, and that the site refuses forms of other sites. */
class TabsIntegrationTests extends BrowserTestBase {

	private static final String OTHER_SITES_FORM = """
			<!doctype html><title>Elsewhere</title>
			<form method="post" action="http://localhost:%d/login">
			  <input name="email" value="a@b.c"><input name="password" value="password1"><button>Win</button>
			</form>
			""";

	@Test
	void acceptsFormsOfTwoTabsThatANewVisitorOpensAtOnce() {
		Visitor visitor = visitor();
		Page first = visitor.page();
		Page second = visitor.newTab();
		first.navigate("/register");
		// Simulates that the browser requests the second page before the first response.
		visitor.deleteCookie("csrf");
		second.navigate("/register");
		String name = unique("tab");
		fill(first, name + "a");
		fill(second, name + "b");
		for (Page tab : new Page[] { first, second }) {
			tab.locator("main button[type=submit]").click();
			assertThat(tab).hasURL("http://localhost:" + this.port + "/");
		}
	}

	private static void fill(Page tab, String name) {
		tab.getByLabel("Username").fill(name);
		tab.getByLabel("Email").fill(name + "@example.com");
		tab.getByLabel("Password").fill(Visitor.PASSWORD);
	}

	@Test
	void refusesFormsOfOtherSites() throws IOException {
		HttpServer otherSite = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		otherSite.createContext("/", (exchange) -> {
			byte[] page = OTHER_SITES_FORM.formatted(this.port).getBytes(UTF_8);
			exchange.getResponseHeaders().set("Content-Type", "text/html");
			exchange.sendResponseHeaders(200, page.length);
			exchange.getResponseBody().write(page);
			exchange.close();
		});
		otherSite.start();
		try (BrowserContext context = chromium.browser().newContext()) {
			Page page = context.newPage();
			page.navigate("http://127.0.0.1:" + otherSite.getAddress().getPort() + "/");
			Response response = page.waitForNavigation(() -> page.getByText("Win").click());
			assertThat(response.status()).isEqualTo(403);
			assertThat(page.locator("main")).containsText("Form was sent from another site");
		}
		finally {
			otherSite.stop(0);
		}
	}

}
