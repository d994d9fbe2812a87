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

/** An article, and what readers say about it. */
@Controller
@RequestMapping("/article/{slug}")
class DiscussionPages {

	private final Articles articles;

	private final Comments comments;

	private final CommentPages pages;

	DiscussionPages(Articles articles, Comments comments, CommentPages pages) {
		this.articles = articles;
		this.comments = comments;
		this.pages = pages;
	}

	@GetMapping
	String read(@PathVariable String slug, @RequestParam(required = false) @Nullable CommentCursor before,
			@RequestParam(required = false) @Nullable CommentCursor after,
			@AuthenticationPrincipal @Nullable AuthenticatedUser visitor, Model model) {
		return page(slug, before, after, visitor, model);
	}

	@PostMapping("/comments")
	String write(@PathVariable String slug, @Valid @ModelAttribute CommentDraft draft, BindingResult result,
			@AuthenticationPrincipal AuthenticatedUser visitor, Model model) {
		if (result.hasErrors()) {
			// What was written comes back with what is wrong with it.
			model.addAttribute("written", draft.body());
			model.addAttribute("errors", FieldErrors.sentences(result));
			return page(slug, null, null, visitor, model);
		}
		Comment comment = this.comments.write(slug, draft, visitor);
		return "redirect:" + Links.article(slug) + "#comment-" + comment.id();
	}

	@PostMapping("/comments/{id}/delete")
	String delete(@PathVariable String slug, @PathVariable long id, @RequestParam(defaultValue = "") String back,
			@AuthenticationPrincipal AuthenticatedUser visitor) {
		this.comments.delete(slug, id, visitor);
		return "redirect:" + (back.isEmpty() ? Links.article(slug) : Links.local(back)) + "#comments";
	}

	private String page(String slug, @Nullable CommentCursor before, @Nullable CommentCursor after,
			@Nullable AuthenticatedUser visitor, Model model) {
		Article article = this.articles.find(slug, visitor);
		String body = String.valueOf(article.body());
		model.addAttribute("article", article);
		long bytes = body.getBytes(StandardCharsets.UTF_8).length;
		model.addAttribute("comments", this.pages.page(slug, before, after, bytes, visitor));
		model.addAttribute("html", Markdown.html(body));
		return "article";
	}

}
