package com.foobar.browser;

import java.util.Locale;
import java.util.function.Consumer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * All pages of the site, with the data of {@link Furnishing}.
 * {@link EveryPageIntegrationTests} checks each of them: add new pages here.
 */
enum SitePage {

	HOME("/"), HOME_SIGNED_IN("/", Who.READER), SECOND_PAGE("/?page=2"), TAG("/tag/" + Furnishing.TAG),
	FEED("/?feed=following", Who.READER), EMPTY_FEED("/?feed=following", Who.WRITER),

	ARTICLE("/article/" + Furnishing.SLUG), ARTICLE_SIGNED_IN("/article/" + Furnishing.SLUG, Who.READER),
	OWN_ARTICLE("/article/" + Furnishing.SLUG, Who.WRITER),

	EDITOR("/editor", Who.WRITER, SitePage::typeTags),
	PREVIEW("/editor/" + Furnishing.SLUG, Who.WRITER, SitePage::preview),
	REFUSED_ARTICLE("/editor", Who.WRITER, SitePage::submitBlanks),

	PROFILE("/profile/" + Furnishing.WRITER), PROFILE_SIGNED_IN("/profile/" + Furnishing.WRITER, Who.READER),
	OWN_PROFILE("/profile/" + Furnishing.WRITER, Who.WRITER), FAVORITES("/profile/" + Furnishing.READER + "/favorites"),
	EMPTY_PROFILE("/profile/" + Furnishing.READER),

	SETTINGS("/settings", Who.WRITER), REFUSED_SETTINGS("/settings", Who.READER, SitePage::submitTakenName),
	LOGIN("/login"), REFUSED_LOGIN("/login", Who.NOBODY, SitePage::submitWrongPassword), REGISTER("/register"),

	SEARCH("/search?q=letter"), EMPTY_SEARCH("/search?q=xyzzy", Who.READER), STATUS("/status"), NOT_FOUND("/nowhere"),
	NOT_FOUND_SIGNED_IN("/article/nowhere", Who.READER);

	private final String path;

	private final Who who;

	private final Consumer<Visitor> action;

	SitePage(String path) {
		this(path, Who.NOBODY);
	}

	SitePage(String path, Who who) {
		this(path, who, (visitor) -> {
		});
	}

	/** Creates a page whose visitor does something on it before the check. */
	SitePage(String path, Who who, Consumer<Visitor> action) {
		this.path = path;
		this.who = who;
		this.action = action;
	}

	Who who() {
		return this.who;
	}

	void open(Visitor visitor) {
		visitor.open(this.path);
	}

	/** Performs the visitor's action on the page. */
	void prepare(Visitor visitor) {
		this.action.accept(visitor);
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private static void typeTags(Visitor visitor) {
		for (String tag : new String[] { "operations", "מילים", "🐢 turtles" }) {
			visitor.page().getByPlaceholder("Enter tags").fill(tag);
			visitor.page().getByPlaceholder("Enter tags").press("Enter");
		}
	}

	private static void submitBlanks(Visitor visitor) {
		visitor.field("Title").fill(" ");
		visitor.field("Description").fill(" ");
		visitor.field("Text").fill("Something");
		visitor.button("Publish Article").click();
		assertThat(visitor.page().locator(".error-messages li")).hasCount(2);
	}

	private static void preview(Visitor visitor) {
		visitor.button("Preview").click();
		assertThat(visitor.page().locator(".preview")).isVisible();
	}

	private static void submitTakenName(Visitor visitor) {
		visitor.field("Username").fill(Furnishing.WRITER);
		visitor.button("Update Settings").click();
		assertThat(visitor.page().locator(".error-messages li")).hasText("Username has already been taken");
	}

	private static void submitWrongPassword(Visitor visitor) {
		visitor.field("Email").fill("nobody@example.com");
		visitor.field("Password").fill("something else");
		visitor.button("Sign in").click();
		assertThat(visitor.page().locator(".error-messages li"))
			.hasText("That email and password do not belong together.");
	}

}
