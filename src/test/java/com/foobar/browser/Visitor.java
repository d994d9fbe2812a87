package com.foobar.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.AriaRole;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * Somebody with a browser window. What pages do behind their back is remembered: errors
 * on the console, violations of the Content-Security-Policy, requests to other sites.
 */
final class Visitor implements AutoCloseable {

	static final String PASSWORD = "correct horse";

	private static final String REPORT_VIOLATIONS = """
			addEventListener("securitypolicyviolation",
				(event) => console.error(event.violatedDirective + " forbids " + event.blockedURI));
			""";

	private final BrowserContext context;

	private final String site;

	private final Page page;

	private final List<String> complaints = new ArrayList<>();

	Visitor(BrowserContext context, String site) {
		this.context = context;
		this.site = site;
		context.setDefaultTimeout(10_000);
		context.addInitScript(REPORT_VIOLATIONS);
		context.onConsoleMessage(this::note);
		context.onWebError((error) -> this.complaints.add(error.error()));
		context.onRequest(this::note);
		this.page = context.newPage();
	}

	private void note(ConsoleMessage message) {
		boolean trouble = List.of("error", "warning").contains(message.type());
		// The browser logs every page that answers 404; that is what some are for.
		boolean statusOfPage = message.text().startsWith("Failed to load resource: the server responded")
				&& message.location().startsWith(message.page().url() + ":");
		if (trouble && !statusOfPage) {
			this.complaints.add("%s (%s)".formatted(message.text(), message.location()));
		}
	}

	private void note(Request request) {
		if (!request.url().startsWith(this.site) && !request.url().startsWith("data:")) {
			this.complaints.add("request to " + request.url());
		}
	}

	/** What pages did behind this visitor's back. */
	List<String> complaints() {
		return this.complaints;
	}

	Page page() {
		return this.page;
	}

	/** What makes another browser that of the same visitor. */
	String cookies() {
		return this.context.storageState();
	}

	/** Takes a cookie away. */
	void forget(String cookie) {
		this.context.clearCookies(new BrowserContext.ClearCookiesOptions().setName(cookie));
	}

	/** Another tab of the same browser. */
	Page newTab() {
		return this.context.newPage();
	}

	Visitor open(String path) {
		this.page.navigate(path);
		return this;
	}

	Visitor register(String username) {
		open("/register");
		field("Username").fill(username);
		field("Email").fill(username + "@example.com");
		field("Password").fill(PASSWORD);
		button("Sign up").click();
		assertThat(this.page).hasURL("/");
		return this;
	}

	Visitor signIn(String username) {
		open("/login");
		field("Email").fill(username + "@example.com");
		field("Password").fill(PASSWORD);
		button("Sign in").click();
		assertThat(this.page).hasURL("/");
		return this;
	}

	/** A form's field, by what its label says. */
	Locator field(String label) {
		return this.page.getByLabel(label);
	}

	/** The buttons whose names begin so; what follows may be a count. */
	Locator button(String name) {
		return this.page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(startsWith(name)));
	}

	Locator link(String name) {
		return this.page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true));
	}

	private static Pattern startsWith(String name) {
		return Pattern.compile("^" + name);
	}

	@Override
	public void close() {
		this.context.close();
	}

}
