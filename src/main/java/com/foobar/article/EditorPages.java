package com.foobar.article;

import java.util.List;

import com.foobar.web.FieldErrors;
import com.foobar.web.Links;
import com.foobar.web.Visitor;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.Validator;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Where authors write articles, look at them before anybody else, and change them. */
@Controller
class EditorPages {

	private final Articles articles;

	private final OwnArticles own;

	private final Validator validator;

	EditorPages(Articles articles, OwnArticles own, Validator validator) {
		this.articles = articles;
		this.own = own;
		this.validator = validator;
	}

	@GetMapping("/editor")
	String write(Model model) {
		return editor(ArticleDraft.EMPTY, List.of(), model);
	}

	@GetMapping("/editor/{slug}")
	String edit(@PathVariable String slug, @AuthenticationPrincipal Visitor visitor, Model model) {
		Article article = this.articles.find(slug, visitor);
		if (!article.author().username().equals(visitor.username())) {
			throw new ForeignArticleException(slug, visitor);
		}
		return editor(ArticleDraft.of(article), List.of(), model);
	}

	@PostMapping("/editor")
	String publish(@ModelAttribute ArticleForm form, @AuthenticationPrincipal Visitor visitor, Model model) {
		ArticleDraft draft = form.draft();
		List<String> errors = FieldErrors.sentences(draft, this.validator);
		return errors.isEmpty() ? leadTo(this.articles.publish(draft, visitor)) : editor(draft, errors, model);
	}

	@PostMapping("/editor/{slug}")
	String change(@PathVariable String slug, @ModelAttribute ArticleForm form, @AuthenticationPrincipal Visitor visitor,
			Model model) {
		ArticleDraft draft = form.draft();
		List<String> errors = FieldErrors.sentences(draft, this.validator);
		if (errors.isEmpty()) {
			return leadTo(this.own.change(slug, ArticleRevision.of(draft), visitor));
		}
		// Of another's article nobody needs to know what they got wrong.
		this.own.claim(slug, visitor);
		return editor(draft, errors, model);
	}

	@PostMapping(path = { "/editor", "/editor/{slug}" }, params = "preview")
	String preview(@ModelAttribute ArticleForm form, Model model) {
		ArticleDraft draft = form.draft();
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
