package com.foobar.favorite;

import com.foobar.article.Article;
import com.foobar.web.security.AuthenticatedUser;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Marks articles as favorites in the JSON API. */
@RestController
@RequestMapping("/api/articles/{slug}/favorite")
class FavoriteApi {

	private final Favorites favorites;

	FavoriteApi(Favorites favorites) {
		this.favorites = favorites;
	}

	@PostMapping
	ArticleResponse favorite(@PathVariable String slug, @AuthenticationPrincipal AuthenticatedUser user) {
		return new ArticleResponse(this.favorites.add(slug, user));
	}

	@DeleteMapping
	ArticleResponse unfavorite(@PathVariable String slug, @AuthenticationPrincipal AuthenticatedUser user) {
		return new ArticleResponse(this.favorites.remove(slug, user));
	}

	record ArticleResponse(Article article) {
	}

}
