package com.foobar.browser;

import java.util.Locale;
import java.util.function.Consumer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/**
 * The pages of the site, with the data of {@link SampleData}. Add every new page here,
 * because {@link EveryPageIntegrationTests} tests these pages only.
 */
enum SitePage {

	HOME("/"), HOME_SIGNED_IN("/", VisitorKind.READER), SECOND_PAGE("/?page=2"), TAG("/tag/" + SampleData.TAG),
	FEED("/?feed=following", VisitorKind.READER), EMPTY_FEED("/?feed=following", VisitorKind.WRITER),

	ARTICLE("/article/" + SampleData.SLUG), ARTICLE_SIGNED_IN("/article/" + SampleData.SLUG, VisitorKind.READER),
	OWN_ARTICLE("/article/" + SampleData.SLUG, VisitorKind.WRITER),

	EDITOR("/editor", VisitorKind.WRITER, SitePage::enterTags),
	PREVIEW("/editor/" + SampleData.SLUG, VisitorKind.WRITER, SitePage::preview),
	REFUSED_ARTICLE("/editor", VisitorKind.WRITER, SitePage::submitBlankFields),

	PROFILE("/profile/" + SampleData.WRITER), PROFILE_SIGNED_IN("/profile/" + SampleData.WRITER, VisitorKind.READER),
	OWN_PROFILE("/profile/" + SampleData.WRITER, VisitorKind.WRITER),
	FAVORITES("/profile/" + SampleData.READER + "/favorites"), EMPTY_PROFILE("/profile/" + SampleData.READER),

	SETTINGS("/settings", VisitorKind.WRITER),
	REFUSED_SETTINGS("/settings", VisitorKind.READER, SitePage::submitTakenUsername), LOGIN("/login"),
	REFUSED_LOGIN("/login", VisitorKind.ANONYMOUS, SitePage::submitWrongPassword), REGISTER("/register"),

	SEARCH("/search?q=letter"), EMPTY_SEARCH("/search?q=xyzzy", VisitorKind.READER), STATUS("/status"),
	NOT_FOUND("/nowhere"), NOT_FOUND_SIGNED_IN("/article/nowhere", VisitorKind.READER);

	private final String path;

	private final VisitorKind visitorKind;

	private final Consumer<Visitor> action;

	SitePage(String path) {
		this(path, VisitorKind.ANONYMOUS);
	}

	SitePage(String path, VisitorKind visitorKind) {
		this(path, visitorKind, (visitor) -> {
		});
	}

	/** Creates a page on which the visitor performs an action before the check. */
	SitePage(String path, VisitorKind visitorKind, Consumer<Visitor> action) {
		this.path = path;
		this.visitorKind = visitorKind;
		this.action = action;
	}

	VisitorKind visitorKind() {
		return this.visitorKind;
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

	private static void enterTags(Visitor visitor) {
		for (String tag : new String[] { "operations", "מילים", "🐢 turtles" }) {
			visitor.page().getByPlaceholder("Enter tags").fill(tag);
			visitor.page().getByPlaceholder("Enter tags").press("Enter");
		}
	}

	private static void submitBlankFields(Visitor visitor) {
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

	private static void submitTakenUsername(Visitor visitor) {
		visitor.field("Username").fill(SampleData.WRITER);
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
