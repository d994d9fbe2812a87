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

/** Where authors write articles, look at them before anybody else, and change them. */
@Controller
class EditorPages {

	private final Articles articles;

	private final ArticleEditing own;

	private final LargeResponses large;

	EditorPages(Articles articles, ArticleEditing own, LargeResponses large) {
		this.articles = articles;
		this.own = own;
		this.large = large;
	}

	@GetMapping("/editor")
	String write(Model model) {
		return editor(ArticleDraft.EMPTY, List.of(), model);
	}

	@GetMapping("/editor/{slug}")
	String edit(@PathVariable String slug, @AuthenticationPrincipal AuthenticatedUser visitor, Model model) {
		Article article = readOwn(slug, visitor);
		this.large.expect(article.body());
		return editor(ArticleDraft.of(article), List.of(), model);
	}

	private Article readOwn(String slug, AuthenticatedUser visitor) {
		Article article = this.articles.find(slug, visitor);
		if (!article.author().username().equals(visitor.username())) {
			throw new ForeignArticleException(slug, visitor);
		}
		return article;
	}

	@PostMapping("/editor")
	String publish(@Valid @ModelAttribute ArticleForm form, BindingResult result,
			@AuthenticationPrincipal AuthenticatedUser visitor, Model model) {
		if (result.hasErrors()) {
			return editor(form.getDraft(), FieldErrors.sentences(result), model);
		}
		return leadTo(this.articles.publish(form.getDraft(), visitor));
	}

	@PostMapping("/editor/{slug}")
	String change(@PathVariable String slug, @Valid @ModelAttribute ArticleForm form, BindingResult result,
			@AuthenticationPrincipal AuthenticatedUser visitor, Model model) {
		if (result.hasErrors()) {
			// Of another's article nobody needs to know what they got wrong.
			readOwn(slug, visitor);
			return editor(form.getDraft(), FieldErrors.sentences(result), model);
		}
		return leadTo(this.own.change(slug, ArticleRevision.of(form.getDraft()), visitor));
	}

	@SafeHandler
	@PostMapping(path = { "/editor", "/editor/{slug}" }, params = "preview")
	String preview(@ModelAttribute ArticleForm form, Model model) {
		ArticleDraft draft = form.getDraft();
		this.large.expect(draft.body());
		model.addAttribute("preview", Markdown.html(draft.body()));
		return editor(draft, List.of(), model);
	}

	private static String leadTo(Article article) {
		return "redirect:" + Links.article(article.slug());
	}

	// What was written comes back with what is wrong with it.
	private static String editor(ArticleDraft draft, List<String> errors, Model model) {
		model.addAttribute("draft", draft);
		model.addAttribute("errors", errors);
		return "editor";
	}

}
