package com.foobar.article;

import java.util.Objects;

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

/** Changes and deletes articles in the JSON API. */
@RestController
@RequestMapping("/api/articles/{slug}")
class ArticleEditingApi implements AccessChecked {

	private final ArticleEditing articleEditing;

	ArticleEditingApi(ArticleEditing articleEditing) {
		this.articleEditing = articleEditing;
	}

	@PutMapping
	ArticleApi.ArticleResponse change(@PathVariable String slug, @Valid @RequestBody Change body,
			@AuthenticationPrincipal AuthenticatedUser user) {
		return new ArticleApi.ArticleResponse(this.articleEditing.change(slug, body.article(), user));
	}

	@DeleteMapping
	@ResponseStatus(HttpStatus.NO_CONTENT)
	void delete(@PathVariable String slug, @AuthenticationPrincipal AuthenticatedUser user) {
		this.articleEditing.delete(slug, user);
	}

	@Override
	public void checkAccess(String slug, @Nullable AuthenticatedUser user) {
		// The security configuration requires a sign-in for these methods: no null here.
		this.articleEditing.lock(slug, Objects.requireNonNull(user));
	}

	record Change(@Valid @NotNull ArticleRevision article) {
	}

}
