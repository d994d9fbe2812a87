package com.foobar.article;

import com.foobar.web.Links;
import com.foobar.web.security.AuthenticatedUser;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Handles the buttons on an article's page: favorite, unfavorite and delete. */
@Controller
@RequestMapping("/article/{slug}")
class ArticleActionPages {

	private final Favorites favorites;

	private final ArticleEditing articleEditing;

	ArticleActionPages(Favorites favorites, ArticleEditing articleEditing) {
		this.favorites = favorites;
		this.articleEditing = articleEditing;
	}

	@PostMapping("/favorite")
	String favorite(@PathVariable String slug, @RequestParam(defaultValue = "/") String back,
			@AuthenticationPrincipal AuthenticatedUser user) {
		this.favorites.add(slug, user);
		return "redirect:" + Links.localOrRoot(back);
	}

	@PostMapping("/unfavorite")
	String unfavorite(@PathVariable String slug, @RequestParam(defaultValue = "/") String back,
			@AuthenticationPrincipal AuthenticatedUser user) {
		this.favorites.remove(slug, user);
		return "redirect:" + Links.localOrRoot(back);
	}

	@PostMapping("/delete")
	String delete(@PathVariable String slug, @AuthenticationPrincipal AuthenticatedUser user) {
		this.articleEditing.delete(slug, user);
		return "redirect:/";
	}

}
