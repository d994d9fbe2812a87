package com.foobar.article;

import com.foobar.web.limit.LargeResponses;
import com.foobar.web.security.AuthenticatedUser;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Lists, reads and publishes articles in the JSON API. */
@RestController
@RequestMapping("/api/articles")
class ArticleApi {

	private static final int DEFAULT_LIMIT = 20;

	private final Articles articles;

	private final LargeResponses largeResponses;

	ArticleApi(Articles articles, LargeResponses largeResponses) {
		this.articles = articles;
		this.largeResponses = largeResponses;
	}

	@GetMapping
	ArticleList list(@RequestParam(required = false) @Nullable String tag,
			@RequestParam(required = false) @Nullable String author,
			@RequestParam(required = false) @Nullable String favorited,
			@RequestParam(defaultValue = "" + DEFAULT_LIMIT) int limit, @RequestParam(defaultValue = "0") int offset,
			@AuthenticationPrincipal @Nullable AuthenticatedUser user) {
		var filter = new ArticleFilter(tag, author, favorited, null);
		return this.articles.list(filter, paging(limit, offset), user);
	}

	@GetMapping("/feed")
	ArticleList feed(@RequestParam(defaultValue = "" + DEFAULT_LIMIT) int limit,
			@RequestParam(defaultValue = "0") int offset, @AuthenticationPrincipal AuthenticatedUser user) {
		return this.articles.list(ArticleFilter.followedBy(user.id()), paging(limit, offset), user);
	}

	// A listed article has up to 26 kB. The default number of articles stays below half a
	// megabyte; the maximum number is five times as large and counts as a large response.
	private Paging paging(int limit, int offset) {
		var paging = new Paging(limit, offset);
		if (paging.limit() > DEFAULT_LIMIT) {
			this.largeResponses.acquire();
		}
		return paging;
	}

	@GetMapping("/{slug}")
	ArticleResponse read(@PathVariable String slug, @AuthenticationPrincipal @Nullable AuthenticatedUser user) {
		Article article = this.articles.find(slug, user);
		this.largeResponses.acquireIfLarge(article.body());
		return new ArticleResponse(article);
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	ArticleResponse publish(@Valid @RequestBody Publish body, @AuthenticationPrincipal AuthenticatedUser user) {
		return new ArticleResponse(this.articles.publish(body.article(), user));
	}

	record Publish(@Valid @NotNull ArticleDraft article) {
	}

	record ArticleResponse(Article article) {
	}

}
