package com.foobar.comment;

import java.util.List;

import com.foobar.article.Article;
import com.foobar.article.Articles;
import com.foobar.article.Markdown;
import com.foobar.web.FieldErrors;
import com.foobar.web.Links;
import com.foobar.web.Visitor;
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

/** An article, and what readers say about it. */
@Controller
@RequestMapping("/article/{slug}")
class DiscussionPages {

	private final Articles articles;

	private final Comments comments;

	DiscussionPages(Articles articles, Comments comments) {
		this.articles = articles;
		this.comments = comments;
	}

	@GetMapping
	String read(@PathVariable String slug, @AuthenticationPrincipal @Nullable Visitor visitor, Model model) {
		return page(slug, visitor, "", List.of(), model);
	}

	@PostMapping("/comments")
	String write(@PathVariable String slug, @Valid @ModelAttribute CommentDraft draft, BindingResult result,
			@AuthenticationPrincipal Visitor visitor, Model model) {
		if (result.hasErrors()) {
			return page(slug, visitor, draft.body(), FieldErrors.sentences(result), model);
		}
		Comment comment = this.comments.write(slug, draft, visitor);
		return "redirect:" + Links.article(slug) + "#comment-" + comment.id();
	}

	@PostMapping("/comments/{id}/delete")
	String delete(@PathVariable String slug, @PathVariable long id, @AuthenticationPrincipal Visitor visitor) {
		this.comments.delete(slug, id, visitor);
		return "redirect:" + Links.article(slug) + "#comments";
	}

	// What was written comes back with what is wrong with it.
	private String page(String slug, @Nullable Visitor visitor, @Nullable String written, List<String> errors,
			Model model) {
		Article article = this.articles.find(slug, visitor);
		model.addAttribute("article", article);
		model.addAttribute("html", Markdown.html(String.valueOf(article.body())));
		model.addAttribute("comments", this.comments.on(slug, visitor));
		model.addAttribute("written", (written != null) ? written : "");
		model.addAttribute("errors", errors);
		return "article";
	}

}
