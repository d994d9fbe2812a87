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
 * A visitor with a browser window. Records errors on the console, violations of the
 * Content-Security-Policy, and requests to other sites. Each action waits for its element
 * or its page for at most ten seconds.
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

	private final List<String> errors = new ArrayList<>();

	Visitor(BrowserContext context, String site) {
		this.context = context;
		this.site = site;
		context.setDefaultTimeout(10_000);
		context.addInitScript(REPORT_VIOLATIONS);
		context.onConsoleMessage(this::record);
		context.onWebError((error) -> this.errors.add(error.error()));
		context.onRequest(this::record);
		this.page = context.newPage();
	}

	private void record(ConsoleMessage message) {
		boolean problem = List.of("error", "warning").contains(message.type());
		// Tests expect that the browser logs the error status of a page, such as 404.
		boolean isPageStatus = message.text().startsWith("Failed to load resource: the server responded")
				&& message.location().startsWith(message.page().url() + ":");
		if (problem && !isPageStatus) {
			this.errors.add("%s (%s)".formatted(message.text(), message.location()));
		}
	}

	private void record(Request request) {
		if (!request.url().startsWith(this.site) && !request.url().startsWith("data:")) {
			this.errors.add("The browser sent a request to " + request.url());
		}
	}

	/** Returns the errors that were recorded until now. */
	List<String> errors() {
		return this.errors;
	}

	Page page() {
		return this.page;
	}

	/** Returns the cookies, with which another browser is signed in as the same user. */
	String cookies() {
		return this.context.storageState();
	}

	void deleteCookie(String cookie) {
		this.context.clearCookies(new BrowserContext.ClearCookiesOptions().setName(cookie));
	}

	/** Opens another tab of the same browser. */
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

	/** Finds the field of a form by its label. */
	Locator field(String label) {
		return this.page.getByLabel(label);
	}

	/** Finds the buttons whose names start with a text. A count may follow the text. */
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
