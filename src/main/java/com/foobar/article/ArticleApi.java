package com.foobar.article;

import com.foobar.web.Visitor;
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

	private final Articles articles;

	ArticleApi(Articles articles) {
		this.articles = articles;
	}

	@GetMapping
	ArticleList list(@RequestParam(required = false) @Nullable String tag,
			@RequestParam(required = false) @Nullable String author,
			@RequestParam(required = false) @Nullable String favorited, @RequestParam(defaultValue = "20") int limit,
			@RequestParam(defaultValue = "0") int offset, @AuthenticationPrincipal @Nullable Visitor visitor) {
		var filter = new ArticleFilter(tag, author, favorited, null);
		return this.articles.list(filter, new Paging(limit, offset), visitor);
	}

	@GetMapping("/feed")
	ArticleList feed(@RequestParam(defaultValue = "20") int limit, @RequestParam(defaultValue = "0") int offset,
			@AuthenticationPrincipal Visitor visitor) {
		return this.articles.list(ArticleFilter.followedBy(visitor.id()), new Paging(limit, offset), visitor);
	}

	@GetMapping("/{slug}")
	Answer read(@PathVariable String slug, @AuthenticationPrincipal @Nullable Visitor visitor) {
		return new Answer(this.articles.find(slug, visitor));
	}

	@PostMapping
	@ResponseStatus(HttpStatus.CREATED)
	Answer publish(@Valid @RequestBody Publish body, @AuthenticationPrincipal Visitor visitor) {
		return new Answer(this.articles.publish(body.article(), visitor));
	}

	record Publish(@Valid @NotNull ArticleDraft article) {
	}

	record Answer(Article article) {
	}

}
