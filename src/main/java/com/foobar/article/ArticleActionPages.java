package com.foobar.article;

import com.foobar.web.Links;
import com.foobar.web.security.AuthenticatedUser;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What the buttons do that stand beside an article. */
@Controller
@RequestMapping("/article/{slug}")
class ArticleActionPages {

	private final Favorites favorites;

	private final ArticleEditing own;

	ArticleActionPages(Favorites favorites, ArticleEditing own) {
		this.favorites = favorites;
		this.own = own;
	}

	@PostMapping("/favorite")
	String favorite(@PathVariable String slug, @RequestParam(defaultValue = "/") String back,
			@AuthenticationPrincipal AuthenticatedUser visitor) {
		this.favorites.add(slug, visitor);
		return "redirect:" + Links.local(back);
	}

	@PostMapping("/unfavorite")
	String unfavorite(@PathVariable String slug, @RequestParam(defaultValue = "/") String back,
			@AuthenticationPrincipal AuthenticatedUser visitor) {
		this.favorites.remove(slug, visitor);
		return "redirect:" + Links.local(back);
	}

	@PostMapping("/delete")
	String delete(@PathVariable String slug, @AuthenticationPrincipal AuthenticatedUser visitor) {
		this.own.delete(slug, visitor);
		return "redirect:/";
	}

}
