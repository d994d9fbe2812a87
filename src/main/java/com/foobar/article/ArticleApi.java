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

@RestController
@RequestMapping("/api/articles")
class ArticleApi {

	private static final int DEFAULT_LIMIT = 20;

	private final Articles articles;

	private final LargeResponses large;

	ArticleApi(Articles articles, LargeResponses large) {
		this.articles = articles;
		this.large = large;
	}

	@GetMapping
	ArticleList list(@RequestParam(required = false) @Nullable String tag,
			@RequestParam(required = false) @Nullable String author,
			@RequestParam(required = false) @Nullable String favorited,
			@RequestParam(defaultValue = "" + DEFAULT_LIMIT) int limit, @RequestParam(defaultValue = "0") int offset,
			@AuthenticationPrincipal @Nullable AuthenticatedUser visitor) {
		var filter = new ArticleFilter(tag, author, favorited, null);
		return this.articles.list(filter, paging(limit, offset), visitor);
	}

	@GetMapping("/feed")
	ArticleList feed(@RequestParam(defaultValue = "" + DEFAULT_LIMIT) int limit,
			@RequestParam(defaultValue = "0") int offset, @AuthenticationPrincipal AuthenticatedUser visitor) {
		return this.articles.list(ArticleFilter.followedBy(visitor.id()), paging(limit, offset), visitor);
	}

	// An article in a list may have 26 kB, so as many as clients ask for by default have
	// less than half a megabyte, and five times as many are a large answer.
	private Paging paging(int limit, int offset) {
		var paging = new Paging(limit, offset);
		if (paging.limit() > DEFAULT_LIMIT) {
			this.large.acquire();
		}
		return paging;
	}

	@GetMapping("/{slug}")
	Answer read(@PathVariable String slug, @AuthenticationPrincipal @Nullable AuthenticatedUser visitor) {
		Article article = this.articles.find(slug, visitor);
		this.large.expect(article.body());
		return new Answer(article);
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	Answer publish(@Valid @RequestBody Publish body, @AuthenticationPrincipal AuthenticatedUser visitor) {
		return new Answer(this.articles.publish(body.article(), visitor));
	}

	record Publish(@Valid @NotNull ArticleDraft article) {
	}

	record Answer(Article article) {
	}

}
