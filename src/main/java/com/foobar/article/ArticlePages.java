package com.foobar.article;

import com.foobar.profile.Profiles;
import com.foobar.tag.Tags;
import com.foobar.web.Links;
import com.foobar.web.security.AuthenticatedUser;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** Serves the HTML pages that list articles: home, feed, tag and profile. */
@Controller
class ArticlePages {

	private static final int POPULAR_TAGS = 20;

	private final Articles articles;

	private final Profiles profiles;

	private final Tags tags;

	ArticlePages(Articles articles, Profiles profiles, Tags tags) {
		this.articles = articles;
		this.profiles = profiles;
		this.tags = tags;
	}

	@GetMapping("/")
	String home(@RequestParam(defaultValue = "1") int page, @AuthenticationPrincipal @Nullable AuthenticatedUser user,
			Model model) {
		return list(ArticleFilter.ALL, "/", null, false, page, user, model);
	}

	@GetMapping(path = "/", params = "feed=following")
	String feed(@RequestParam(defaultValue = "1") int page, @AuthenticationPrincipal @Nullable AuthenticatedUser user,
			Model model) {
		return (user == null) ? "redirect:/login"
				: list(ArticleFilter.followedBy(user.id()), "/?feed=following", null, true, page, user, model);
	}

	@GetMapping("/tag/{tag}")
	String tag(@PathVariable String tag, @RequestParam(defaultValue = "1") int page,
			@AuthenticationPrincipal @Nullable AuthenticatedUser user, Model model) {
		return list(ArticleFilter.byTag(tag), Links.tag(tag), tag, false, page, user, model);
	}

	private String list(ArticleFilter filter, String path, @Nullable String tag, boolean following, int page,
			@Nullable AuthenticatedUser user, Model model) {
		model.addAttribute("page", listPage(filter, path, tag, following, page, user));
		model.addAttribute("popularTags", this.tags.popular(POPULAR_TAGS));
		return "home";
	}

	@GetMapping("/profile/{username}")
	String profile(@PathVariable String username, @RequestParam(defaultValue = "1") int page,
			@AuthenticationPrincipal @Nullable AuthenticatedUser user, Model model) {
		return profile(username, ArticleFilter.byAuthor(username), Links.profile(username), page, user, model);
	}

	@GetMapping("/profile/{username}/favorites")
	String favorites(@PathVariable String username, @RequestParam(defaultValue = "1") int page,
			@AuthenticationPrincipal @Nullable AuthenticatedUser user, Model model) {
		String path = Links.profile(username) + "/favorites";
		return profile(username, ArticleFilter.favoritedBy(username), path, page, user, model);
	}

	private String profile(String username, ArticleFilter filter, String path, int page,
			@Nullable AuthenticatedUser user, Model model) {
		model.addAttribute("profile", this.profiles.find(username, user));
		model.addAttribute("page", listPage(filter, path, null, false, page, user));
		return "profile";
	}

	private ListPage listPage(ArticleFilter filter, String path, @Nullable String tag, boolean following, int page,
			@Nullable AuthenticatedUser user) {
		ArticleList list = this.articles.list(filter, Paging.page(page, ListPage.SIZE), user);
		return new ListPage(list, path, tag, following, page);
	}

}
