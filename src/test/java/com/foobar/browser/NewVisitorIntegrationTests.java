package com.foobar.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Tests what a user can do from registering to signing out. */
class NewVisitorIntegrationTests extends BrowserTestBase {

	private final String name = unique("joiner");

	@Test
	void newUserRegistersAndEditsTheProfile() {
		Visitor visitor = visitor().register(this.name);
		Page page = visitor.page();
		visitor.link("Settings").click();
		visitor.field("Username").fill(this.name + " the Great");
		visitor.field("Bio").fill("Writes from right to left: שלום 🐢");
		visitor.button("Update Settings").click();
		assertThat(page).hasURL("/profile/" + this.name + "%20the%20Great");
		assertThat(page.locator(".user-info h4")).hasText(this.name + " the Great");
		assertThat(page.locator(".user-info p")).hasText("Writes from right to left: שלום 🐢");
		visitor.link("Edit Profile Settings").click();
		assertThat(visitor.field("Bio")).hasValue("Writes from right to left: שלום 🐢");
	}

	@Test
	void userFollowsAnAuthorAndFindsTheirArticlesInTheFeed() {
		Author author = author(unique("author"));
		author.publish("News of " + author.name(), "None.");
		Visitor visitor = visitor().register(this.name);
		Page page = visitor.page();
		visitor.link("Your Feed").click();
		assertThat(page.locator(".empty-feed-message")).containsText("Your feed is empty");
		visitor.open("/profile/" + author.name());
		visitor.button("Follow " + author.name()).click();
		assertThat(visitor.button("Unfollow " + author.name())).isVisible();
		visitor.link("Home").click();
		visitor.link("Your Feed").click();
		assertThat(page.locator(".article-preview h1")).hasText(new String[] { "News of " + author.name() });
		page.locator(".article-preview .author").click();
		visitor.button("Unfollow " + author.name()).click();
		assertThat(visitor.button("Follow " + author.name())).isVisible();
		visitor.open("/?feed=following");
		assertThat(page.locator(".article-preview")).hasCount(0);
	}

	@Test
	void favoriteCountIsUpdatedEverywhereOnThePage() {
		Author author = author(unique("author"));
		String slug = author.publish("Worth a heart", "Indeed.");
		Visitor visitor = visitor().register(this.name).open("/article/" + slug);
		visitor.button("Favorite Article").first().click();
		assertThat(visitor.button("Unfavorite Article"))
			.hasText(new String[] { "Unfavorite Article (1)", "Unfavorite Article (1)" });
		visitor.open("/profile/" + author.name());
		Locator heart = visitor.button("Unfavorite Worth a heart");
		assertThat(heart).hasText("1");
		heart.click();
		assertThat(visitor.button("Favorite Worth a heart")).hasText("0");
	}

	@Test
	void commentAppearsAndDisappearsWithoutPageLoad() {
		String slug = author(unique("author")).publish("Discuss this", "Please.");
		Visitor visitor = visitor().register(this.name).open("/article/" + slug);
		Page page = visitor.page();
		page.evaluate("window.sameWindow = true");
		page.getByPlaceholder("Write a comment...").fill("First <b>!</b>\nשלום 🐢");
		visitor.button("Post Comment").click();
		Locator comments = page.locator(".card:not(.comment-form)");
		assertThat(comments.locator(".card-text")).hasText("First <b>!</b>\nשלום 🐢");
		assertThat(page.getByPlaceholder("Write a comment...")).isEmpty();
		visitor.button("Delete this comment").click();
		assertThat(comments).hasCount(0);
		assertThat(page.evaluate("window.sameWindow")).isEqualTo(true);
	}

	@Test
	void userWritesPreviewsPublishesEditsAndDeletesAnArticle() {
		Visitor visitor = visitor().register(this.name);
		Page page = visitor.page();
		visitor.link("New Article").click();
		visitor.field("Title").fill("Draft by " + this.name);
		visitor.field("Description").fill("Not long");
		visitor.field("Text").fill("Some *stress*");
		Locator tags = page.getByPlaceholder("Enter tags");
		for (String tag : new String[] { "keep", "drop", "🐢" }) {
			tags.fill(tag);
			tags.press("Enter");
		}
		visitor.button("Remove tag drop").click();
		visitor.button("Preview").click();
		assertThat(page.locator(".preview em")).hasText("stress");
		assertThat(page.locator(".tag-list .tag-pill")).hasText(new String[] { "keep", "🐢" });
		visitor.button("Publish Article").click();
		assertThat(page.locator(".banner h1")).hasText("Draft by " + this.name);
		assertThat(page.locator(".tag-list .tag-default")).hasText(new String[] { "keep", "🐢" });

		String address = page.url();
		visitor.link("Edit Article").first().click();
		visitor.field("Title").fill("Final by " + this.name);
		visitor.button("Publish Article").click();
		assertThat(page.locator(".banner h1")).hasText("Final by " + this.name);
		visitor.open(address);
		assertThat(page.locator(".banner h1")).hasText("Final by " + this.name);

		visitor.button("Delete Article").first().click();
		assertThat(page).hasURL("/");
		visitor.open("/profile/" + this.name);
		assertThat(page.locator(".empty-feed-message")).isVisible();
	}

	@Test
	void privatePagesAreGoneAfterSignOutEvenInTheHistory() {
		Visitor visitor = visitor().register(this.name);
		visitor.link("Settings").click();
		assertThat(visitor.field("Email")).hasValue(this.name + "@example.com");
		visitor.button("Or click here to logout.").click();
		assertThat(visitor.link("Sign in")).isVisible();
		visitor.page().goBack();
		assertThat(visitor.page()).hasURL("/login");
		assertThat(visitor.page().locator("body")).not().containsText(this.name);
	}

	@Test
	void tabsShareTheSignIn() {
		String slug = author(unique("author")).publish("In two tabs", "Twice.");
		Visitor visitor = visitor().register(this.name).open("/article/" + slug);
		Page other = visitor.newTab();
		other.navigate("/article/" + slug);
		comment(visitor.page(), "From the first tab");
		comment(other, "From the second");
		assertThat(other.locator(".card-text")).hasText(new String[] { "From the second", "From the first tab" });
		other.navigate("/settings");
		other.getByText("Or click here to logout.").click();
		assertThat(other).hasURL("/");
		visitor.field("Your comment").fill("Not lost");
		visitor.button("Post Comment").click();
		assertThat(visitor.page().getByText("You are signed out.")).isVisible();
		assertThat(visitor.field("Your comment")).hasValue("Not lost");
		assertThat(visitor.page().locator(".card-text")).hasText(new String[] { "From the first tab" });
	}

	private static void comment(Page page, String text) {
		page.getByPlaceholder("Write a comment...").fill(text);
		page.getByText("Post Comment").click();
		assertThat(page.locator(".card-text").first()).hasText(text);
	}

}
