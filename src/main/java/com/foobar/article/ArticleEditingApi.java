package com.foobar.article;

import java.util.Objects;

import com.foobar.web.api.AccessChecked;
import com.foobar.web.security.AuthenticatedUser;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/articles/{slug}")
class ArticleEditingApi implements AccessChecked {

	private final ArticleEditing articles;

	ArticleEditingApi(ArticleEditing articles) {
		this.articles = articles;
	}

	@PutMapping
	ArticleApi.Answer change(@PathVariable String slug, @Valid @RequestBody Change body,
			@AuthenticationPrincipal AuthenticatedUser visitor) {
		return new ArticleApi.Answer(this.articles.change(slug, body.article(), visitor));
	}

	@DeleteMapping
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void delete(@PathVariable String slug, @AuthenticationPrincipal AuthenticatedUser visitor) {
		this.articles.delete(slug, visitor);
	}

	@Override
	public void guard(String slug, @Nullable AuthenticatedUser visitor) {
		// Everything here needs a sign-in.
		this.articles.claim(slug, Objects.requireNonNull(visitor));
	}

	record Change(@Valid @NotNull ArticleRevision article) {
	}

}
