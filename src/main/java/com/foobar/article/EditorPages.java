package com.foobar.article;

import java.util.List;

import com.foobar.web.error.FieldErrors;
import com.foobar.web.limit.LargeResponses;
import com.foobar.web.Links;
import com.foobar.web.SafeHandler;
import com.foobar.web.security.AuthenticatedUser;
import jakarta.validation.Valid;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * Serves the editor, in which authors write, preview and change articles, and handles the
 * delete button on an article's page.
 */
@Controller
class EditorPages {

	private final Articles articles;

	private final ArticleEditing articleEditing;

	private final LargeResponses largeResponses;

	EditorPages(Articles articles, ArticleEditing articleEditing, LargeResponses largeResponses) {
		this.articles = articles;
		this.articleEditing = articleEditing;
		this.largeResponses = largeResponses;
	}

	@GetMapping("/editor")
	String write(Model model) {
		return editor(ArticleDraft.EMPTY, List.of(), model);
	}

	@GetMapping("/editor/{slug}")
	String edit(@PathVariable String slug, @AuthenticationPrincipal AuthenticatedUser user, Model model) {
		Article article = findOwned(slug, user);
		this.largeResponses.acquireIfLarge(article.body());
		return editor(ArticleDraft.of(article), List.of(), model);
	}

	private Article findOwned(String slug, AuthenticatedUser user) {
		Article article = this.articles.find(slug, user);
		if (!article.author().username().equals(user.username())) {
			throw new ForeignArticleException(slug, user);
		}
		return article;
	}

	@PostMapping("/editor")
	String publish(@Valid @ModelAttribute ArticleForm form, BindingResult result,
			@AuthenticationPrincipal AuthenticatedUser user, Model model) {
		if (result.hasErrors()) {
			return editor(form.getDraft(), FieldErrors.sentences(result), model);
		}
		return redirectTo(this.articles.publish(form.getDraft(), user));
	}

	@PostMapping("/editor/{slug}")
	String change(@PathVariable String slug, @Valid @ModelAttribute ArticleForm form, BindingResult result,
			@AuthenticationPrincipal AuthenticatedUser user, Model model) {
		if (result.hasErrors()) {
			// Another user gets 403, not the form with validation errors.
			findOwned(slug, user);
			return editor(form.getDraft(), FieldErrors.sentences(result), model);
		}
		return redirectTo(this.articleEditing.change(slug, ArticleRevision.of(form.getDraft()), user));
	}

	@SafeHandler
	@PostMapping(path = { "/editor", "/editor/{slug}" }, params = "preview")
	String preview(@ModelAttribute ArticleForm form, Model model) {
		ArticleDraft draft = form.getDraft();
		this.largeResponses.acquireIfLarge(draft.body());
		model.addAttribute("preview", Markdown.html(draft.body()));
		return editor(draft, List.of(), model);
	}

	@PostMapping("/article/{slug}/delete")
	String delete(@PathVariable String slug, @AuthenticationPrincipal AuthenticatedUser user) {
		this.articleEditing.delete(slug, user);
		return "redirect:/";
	}

	private static String redirectTo(Article article) {
		return "redirect:" + Links.article(article.slug());
	}

	// Shows the form with the submitted text and the validation errors.
	private static String editor(ArticleDraft draft, List<String> errors, Model model) {
		model.addAttribute("draft", draft);
		model.addAttribute("errors", errors);
		return "editor";
	}

}
