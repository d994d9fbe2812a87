package com.foobar.comment;

import java.nio.charset.StandardCharsets;

import com.foobar.article.Article;
import com.foobar.article.Articles;
import com.foobar.article.Markdown;
import com.foobar.web.error.FieldErrors;
import com.foobar.web.Links;
import com.foobar.web.security.AuthenticatedUser;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Serves the HTML page of an article with its comments. */
@Controller
@RequestMapping("/article/{slug}")
class ArticleWithCommentsPages {

	private final Articles articles;

	private final Comments comments;

	private final CommentPaging pages;

	ArticleWithCommentsPages(Articles articles, Comments comments, CommentPaging pages) {
		this.articles = articles;
		this.comments = comments;
		this.pages = pages;
	}

	@GetMapping
	String read(@PathVariable String slug, @RequestParam(required = false) @Nullable CommentCursor before,
			@RequestParam(required = false) @Nullable CommentCursor after,
			@AuthenticationPrincipal @Nullable AuthenticatedUser user, Model model) {
		return page(slug, before, after, user, model);
	}

	@PostMapping("/comments")
	String write(@PathVariable String slug, @Valid @ModelAttribute CommentDraft draft, BindingResult result,
			@AuthenticationPrincipal AuthenticatedUser user, Model model) {
		if (result.hasErrors()) {
			// Shows the page with the submitted text and the validation errors.
			model.addAttribute("written", draft.body());
			model.addAttribute("errors", FieldErrors.sentences(result));
			return page(slug, null, null, user, model);
		}
		Comment comment = this.comments.write(slug, draft, user);
		return "redirect:" + Links.article(slug) + "#comment-" + comment.id();
	}

	@PostMapping("/comments/{id}/delete")
	String delete(@PathVariable String slug, @PathVariable long id, @RequestParam(defaultValue = "") String back,
			@AuthenticationPrincipal AuthenticatedUser user) {
		this.comments.delete(slug, id, user);
		return "redirect:" + (back.isEmpty() ? Links.article(slug) : Links.localOrRoot(back)) + "#comments";
	}

	private String page(String slug, @Nullable CommentCursor before, @Nullable CommentCursor after,
			@Nullable AuthenticatedUser user, Model model) {
		Article article = this.articles.find(slug, user);
		String body = String.valueOf(article.body());
		model.addAttribute("article", article);
		long bytes = body.getBytes(StandardCharsets.UTF_8).length;
		model.addAttribute("comments", this.pages.page(slug, before, after, bytes, user));
		model.addAttribute("html", Markdown.html(body));
		return "article";
	}

}
