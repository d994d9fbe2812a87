package com.foobar.browser;

import java.util.Locale;
import java.util.function.Consumer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * Every page of the site, as {@link Furnishing} fills them. A line here, and a new page
 * is looked at by {@link EveryPageIntegrationTests}.
 */
enum SitePage {

	HOME("/"), HOME_SIGNED_IN("/", Who.READER), SECOND_PAGE("/?page=2"), TAG("/tag/" + Furnishing.TAG),
	FEED("/?feed=following", Who.READER), EMPTY_FEED("/?feed=following", Who.WRITER),

	ARTICLE("/article/" + Furnishing.SLUG), ARTICLE_SIGNED_IN("/article/" + Furnishing.SLUG, Who.READER),
	OWN_ARTICLE("/article/" + Furnishing.SLUG, Who.WRITER),

	EDITOR("/editor", Who.WRITER, SitePage::typeTags),
	PREVIEW("/editor/" + Furnishing.SLUG, Who.WRITER, SitePage::preview),
	REFUSED_ARTICLE("/editor", Who.WRITER, SitePage::sendBlanks),

	PROFILE("/profile/" + Furnishing.WRITER), PROFILE_SIGNED_IN("/profile/" + Furnishing.WRITER, Who.READER),
	OWN_PROFILE("/profile/" + Furnishing.WRITER, Who.WRITER), FAVORITES("/profile/" + Furnishing.READER + "/favorites"),
	EMPTY_PROFILE("/profile/" + Furnishing.READER),

	SETTINGS("/settings", Who.WRITER), REFUSED_SETTINGS("/settings", Who.READER, SitePage::takeName), LOGIN("/login"),
	REFUSED_LOGIN("/login", Who.NOBODY, SitePage::mistakePassword), REGISTER("/register"),

	SEARCH("/search?q=letter"), EMPTY_SEARCH("/search?q=xyzzy", Who.READER), STATUS("/status"), NOT_FOUND("/nowhere"),
	NOT_FOUND_SIGNED_IN("/article/nowhere", Who.READER);

	private final String path;

	private final Who who;

	private final Consumer<Visitor> then;

	SitePage(String path) {
		this(path, Who.NOBODY);
	}

	SitePage(String path, Who who) {
		this(path, who, (visitor) -> {
		});
	}

	/** A page as it is after its visitor has done something there. */
	SitePage(String path, Who who, Consumer<Visitor> then) {
		this.path = path;
		this.who = who;
		this.then = then;
	}

	Who who() {
		return this.who;
	}

	void open(Visitor visitor) {
		visitor.open(this.path);
	}

	/** Does there what its visitor does. */
	void prepare(Visitor visitor) {
		this.then.accept(visitor);
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

	private static void sendBlanks(Visitor visitor) {
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

	private static void takeName(Visitor visitor) {
		visitor.field("Username").fill(Furnishing.WRITER);
		visitor.button("Update Settings").click();
		assertThat(visitor.page().locator(".error-messages li")).hasText("Username has already been taken");
	}

	private static void mistakePassword(Visitor visitor) {
		visitor.field("Email").fill("nobody@example.com");
		visitor.field("Password").fill("something else");
		visitor.button("Sign in").click();
		assertThat(visitor.page().locator(".error-messages li"))
			.hasText("That email and password do not belong together.");
	}

}
