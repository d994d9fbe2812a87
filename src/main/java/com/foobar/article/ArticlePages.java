package com.foobar.article;

import java.util.List;
import java.util.stream.Stream;

import com.foobar.profile.Profiles;
import com.foobar.tag.Tags;
import com.foobar.web.FieldErrors;
import com.foobar.web.Links;
import com.foobar.web.Visitor;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BeanPropertyBindingResult;
import org.springframework.validation.Validator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

@Controller
class ArticlePages {

	private static final int POPULAR_TAGS = 20;

	private final Articles articles;

	private final Profiles profiles;

	private final Tags tags;

	private final Validator validator;

	ArticlePages(Articles articles, Profiles profiles, Tags tags, Validator validator) {
		this.articles = articles;
		this.profiles = profiles;
		this.tags = tags;
		this.validator = validator;
	}

	@GetMapping("/")
	String home(@RequestParam(defaultValue = "1") int page, @AuthenticationPrincipal @Nullable Visitor visitor,
			Model model) {
		return list(ArticleFilter.ALL, "/", null, false, page, visitor, model);
	}

	@GetMapping(path = "/", params = "feed=following")
	String feed(@RequestParam(defaultValue = "1") int page, @AuthenticationPrincipal @Nullable Visitor visitor,
			Model model) {
		return (visitor == null) ? "redirect:/login"
				: list(ArticleFilter.followedBy(visitor.id()), "/?feed=following", null, true, page, visitor, model);
	}

	@GetMapping("/tag/{tag}")
	String tag(@PathVariable String tag, @RequestParam(defaultValue = "1") int page,
			@AuthenticationPrincipal @Nullable Visitor visitor, Model model) {
		return list(ArticleFilter.byTag(tag), Links.tag(tag), tag, false, page, visitor, model);
	}

	private String list(ArticleFilter filter, String path, @Nullable String tag, boolean following, int page,
			@Nullable Visitor visitor, Model model) {
		model.addAttribute("page", listPage(filter, path, tag, following, page, visitor));
		model.addAttribute("popularTags", this.tags.popular(POPULAR_TAGS));
		return "home";
	}

	@GetMapping("/article/{slug}")
	String read(@PathVariable String slug, @AuthenticationPrincipal @Nullable Visitor visitor, Model model) {
		Article article = this.articles.find(slug, visitor);
		model.addAttribute("article", article);
		model.addAttribute("html", Markdown.html(String.valueOf(article.body())));
		return "article";
	}

	@GetMapping("/profile/{username}")
	String profile(@PathVariable String username, @RequestParam(defaultValue = "1") int page,
			@AuthenticationPrincipal @Nullable Visitor visitor, Model model) {
		return profile(username, ArticleFilter.byAuthor(username), Links.profile(username), page, visitor, model);
	}

	@GetMapping("/profile/{username}/favorites")
	String favorites(@PathVariable String username, @RequestParam(defaultValue = "1") int page,
			@AuthenticationPrincipal @Nullable Visitor visitor, Model model) {
		String path = Links.profile(username) + "/favorites";
		return profile(username, ArticleFilter.favoritedBy(username), path, page, visitor, model);
	}

	private String profile(String username, ArticleFilter filter, String path, int page, @Nullable Visitor visitor,
			Model model) {
		model.addAttribute("profile", this.profiles.find(username, visitor));
		model.addAttribute("page", listPage(filter, path, null, false, page, visitor));
		return "profile";
	}

	private ListPage listPage(ArticleFilter filter, String path, @Nullable String tag, boolean following, int page,
			@Nullable Visitor visitor) {
		ArticleList list = this.articles.list(filter, Paging.page(page, ListPage.SIZE), visitor);
		return new ListPage(list, path, tag, following, page);
	}

	@GetMapping("/editor")
	String write(Model model) {
		return editor(ArticleDraft.EMPTY, List.of(), model);
	}

	@PostMapping("/editor")
	String publish(@RequestParam(defaultValue = "") String title, @RequestParam(defaultValue = "") String description,
			@RequestParam(defaultValue = "") String body, @RequestParam(defaultValue = "") String tagList,
			@AuthenticationPrincipal Visitor visitor, Model model) {
		List<String> tags = Stream.of(tagList.split(",")).filter((tag) -> !tag.isBlank()).toList();
		var draft = new ArticleDraft(title, description, body, tags);
		var result = new BeanPropertyBindingResult(draft, "draft");
		this.validator.validate(draft, result);
		return result.hasErrors() ? editor(draft, FieldErrors.sentences(result), model)
				: "redirect:" + Links.article(this.articles.publish(draft, visitor).slug());
	}

	// What was written comes back with what is wrong with it.
	private static String editor(ArticleDraft draft, List<String> errors, Model model) {
		model.addAttribute("draft", draft);
		model.addAttribute("errors", errors);
		return "editor";
	}

}
