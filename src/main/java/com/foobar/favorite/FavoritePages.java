package com.foobar.favorite;

import com.foobar.web.Links;
import com.foobar.web.security.AuthenticatedUser;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Handles the favorite and unfavorite buttons of the HTML pages. */
@Controller
@RequestMapping("/article/{slug}")
class FavoritePages {

	private final Favorites favorites;

	FavoritePages(Favorites favorites) {
		this.favorites = favorites;
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

}
